package io.similitude.checkpoint.script;

import io.similitude.checkpoint.pickle.Opcodes;
import io.similitude.checkpoint.pickle.PickleWriter;
import io.similitude.checkpoint.torch.TensorPickle;

/**
 * The pickle of a TorchScript module, {@code data.pkl}: an object of {@code __torch__.M} whose
 * state is the dictionary of its attributes. Tensor k is in the storage with key k.
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
      TensorPickle.write(pickle.out, k, attribute.tensor());
    }
    return pickle.end();
  }

  private void begin(String className) {
    out.global("__torch__", className).op(Opcodes.EMPTY_TUPLE).op(Opcodes.NEWOBJ);
    out.op(Opcodes.EMPTY_DICT).op(Opcodes.MARK);
  }

  private byte[] end() {
    out.text(Attribute.TRAINING).bool(false);
    out.text(Attribute.BACKWARD_HOOK).op(Opcodes.NONE);
    return out.op(Opcodes.SETITEMS).op(Opcodes.BUILD).stop();
  }
}
