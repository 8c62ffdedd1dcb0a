package io.similitude.checkpoint.torch;

import io.similitude.checkpoint.pickle.Opcodes;
import io.similitude.checkpoint.pickle.PickleWriter;
import io.similitude.checkpoint.tensor.Tensor;

/** Writes the description of a tensor in a pickle. The elements are in a storage of their own. */
public final class TensorPickle {
  private TensorPickle() {}

  /**
   * Writes the call that creates the tensor from a storage's key. The tensor does not require a
   * gradient.
   */
  public static void write(PickleWriter out, int key, Tensor tensor) {
    long[] shape = tensor.shape();
    out.global("torch._utils", "_rebuild_tensor_v2").op(Opcodes.MARK);
    storage(out, key, tensor);
    out.integer(0).integers(shape).integers(rowMajorStrides(shape));
    out.bool(false);
    out.global("collections", "OrderedDict").op(Opcodes.EMPTY_TUPLE).op(Opcodes.REDUCE);
    out.op(Opcodes.TUPLE).op(Opcodes.REDUCE);
  }

  private static void storage(PickleWriter out, int key, Tensor tensor) {
    out.op(Opcodes.MARK).text("storage").global("torch", tensor.dtype().storageClass());
    out.text(Integer.toString(key)).text("cpu").integer(tensor.elements());
    out.op(Opcodes.TUPLE).op(Opcodes.BINPERSID);
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
