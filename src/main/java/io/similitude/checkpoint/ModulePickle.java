package io.similitude.checkpoint;

/**
 * The pickle of a TorchScript module, {@code data.pkl}: an object of {@code __torch__.M} whose
 * state is the dictionary of its attributes. Tensor k lies in the storage of key k.
 */
final class ModulePickle {
  private final PickleWriter out = new PickleWriter();

  private ModulePickle() {}

  static byte[] of(ArchiveModule module) {
    ModulePickle pickle = new ModulePickle();
    pickle.begin(module.className());
    for (int k = 0; k < module.attributes().size(); k++) {
      Attribute attribute = module.attributes().get(k);
      pickle.out.text(attribute.name());
      pickle.tensor(k, attribute.tensor());
    }
    return pickle.end();
  }

  private void begin(String className) {
    out.global("__torch__", className).op(Opcodes.EMPTY_TUPLE).op(Opcodes.NEWOBJ);
    out.op(Opcodes.EMPTY_DICT).op(Opcodes.MARK);
  }

  private void tensor(int key, Tensor tensor) {
    long[] shape = tensor.shape();
    out.global("torch._utils", "_rebuild_tensor_v2").op(Opcodes.MARK);
    storage(key, tensor);
    out.integer(0).integers(shape).integers(rowMajorStrides(shape));
    // It asks for no gradient.
    out.bool(false);
    out.global("collections", "OrderedDict").op(Opcodes.EMPTY_TUPLE).op(Opcodes.REDUCE);
    out.op(Opcodes.TUPLE).op(Opcodes.REDUCE);
  }

  private void storage(int key, Tensor tensor) {
    out.op(Opcodes.MARK).text("storage").global("torch", tensor.dtype().storageClass());
    out.text(Integer.toString(key)).text("cpu").integer(tensor.elements());
    out.op(Opcodes.TUPLE).op(Opcodes.BINPERSID);
  }

  private byte[] end() {
    out.text(Attribute.TRAINING).bool(false);
    out.text(Attribute.BACKWARD_HOOK).op(Opcodes.NONE);
    return out.op(Opcodes.SETITEMS).op(Opcodes.BUILD).stop();
  }

  private static long[] rowMajorStrides(long[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      strides[d] = stride;
      stride *= Math.max(shape[d], 1);
    }
    return strides;
  }
}
