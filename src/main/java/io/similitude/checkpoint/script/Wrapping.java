package io.similitude.checkpoint.script;

import io.similitude.checkpoint.pickle.Opcodes;
import io.similitude.checkpoint.pickle.PickleWriter;
import io.similitude.checkpoint.torch.TensorPickle;
import java.util.List;

/**
 * The module around a network.
 *
 * @param className its class in {@code __torch__}
 * @param child the attribute of the network
 * @param own its own tensors
 */
record Wrapping(String className, String child, List<Attribute> own) {
  /** The first storage of {@link #own}. Archives of libtorch count their storages from 0. */
  static final int FIRST_KEY = 1 << 30;

  /** The beginning of the pickle: what comes before the network, and the attribute's name. */
  byte[] beginning() {
    PickleWriter begin = new PickleWriter().global(ScriptPickle.PACKAGE, className);
    begin.op(Opcodes.EMPTY_TUPLE).op(Opcodes.NEWOBJ).op(Opcodes.EMPTY_DICT).op(Opcodes.MARK);
    begin.text(Attribute.TRAINING).bool(false);
    begin.text(Attribute.BACKWARD_HOOK).op(Opcodes.NONE);
    for (int k = 0; k < own.size(); k++) {
      begin.text(own.get(k).name());
      TensorPickle.write(begin, FIRST_KEY + k, own.get(k).tensor());
    }
    return begin.text(child).bytes();
  }
}
