package io.similitude.checkpoint.script;

import io.similitude.checkpoint.pickle.Opcodes;
import io.similitude.checkpoint.pickle.PickleValue;
import io.similitude.checkpoint.pickle.PickleValue.Instance;
import io.similitude.checkpoint.pickle.PickleWriter;
import io.similitude.checkpoint.pickle.Unpickler;
import io.similitude.checkpoint.tensor.MalformedException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The pickle of a TorchScript archive, {@code data.pkl}: a tree of objects of the archive's own
 * classes. It is read as data.
 */
final class ScriptPickle {
  /** The package of the archive's own classes. */
  static final String PACKAGE = "__torch__";

  private static final int HEADER = 2;

  private final byte[] pickle;
  private final List<Instance> objects;
  private final Instance root;
  private final Unpickler.Pickle read;

  ScriptPickle(byte[] pickle) throws MalformedException {
    this.pickle = pickle;
    this.read = Unpickler.read(pickle);
    if (!isObject(read.value())
        || !(read.value() instanceof Instance object)
        || object.attributes().isEmpty()) {
      throw new MalformedException("its pickle holds no module");
    }
    this.root = object;
    this.objects = read.instances().stream().filter(ScriptPickle::isObject).toList();
  }

  /** Whether a value is an object of a class from the archive's own code, usually a module. */
  static boolean isObject(PickleValue value) {
    return value instanceof Instance instance
        && instance.callee() instanceof PickleValue.Global type
        && (type.module().equals(PACKAGE) || type.module().startsWith(PACKAGE + "."));
  }

  /** The whole contents of the pickle. */
  Unpickler.Pickle read() {
    return read;
  }

  Instance root() {
    return root;
  }

  /**
   * The pickle with one more text attribute in every object, and with the root inside another
   * object.
   *
   * @param attribute the attribute's name
   * @param values its value for each object; objects without an entry get an empty text
   * @param wrapper the other object, whose only module is the root
   */
  byte[] wrapped(String attribute, Map<Instance, String> values, Wrapping wrapper) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(pickle.length * 2);
    out.writeBytes(wrapper.beginning());
    int from = HEADER;
    for (Instance object : inOrderOfBuilding()) {
      out.write(pickle, from, object.statePosition() - from);
      out.writeBytes(attribute(attribute, values.getOrDefault(object, "")));
      from = object.statePosition();
    }
    // Without the STOP at its end, because nothing can follow it.
    out.write(pickle, from, pickle.length - 1 - from);
    out.write(Opcodes.SETITEMS);
    out.write(Opcodes.BUILD);
    out.write(Opcodes.STOP);
    return out.toByteArray();
  }

  private static byte[] attribute(String name, String value) {
    byte[] whole =
        new PickleWriter().op(Opcodes.MARK).text(name).text(value).op(Opcodes.SETITEMS).bytes();
    return Arrays.copyOfRange(whole, HEADER, whole.length);
  }

  private List<Instance> inOrderOfBuilding() {
    return objects.stream()
        .filter(object -> object.attributes().isPresent())
        .sorted(Comparator.comparingInt(Instance::statePosition))
        .toList();
  }
}
