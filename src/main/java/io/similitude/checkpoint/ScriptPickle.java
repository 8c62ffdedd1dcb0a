package io.similitude.checkpoint;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pickle of a TorchScript archive, {@code data.pkl}: a tree of objects of the archive's own
 * classes. Nothing but tensors, names and numbers is made of it.
 */
final class ScriptPickle {
  private static final String PACKAGE = "__torch__";

  /** What TorchScript's own pickles mention besides: typed lists and dictionaries. */
  private static final String TYPED = "torch.jit._pickle";

  private static final Set<String> REBUILDERS =
      Set.of("_rebuild_qtensor", "_rebuild_sparse_tensor", "_rebuild_meta_tensor_no_storage");

  private static final Set<String> QUANTIZED =
      Set.of("per_tensor_affine", "per_channel_affine", "per_channel_affine_float_qparams");

  private static final int HEADER = 2;

  private final byte[] pickle;
  private final List<ScriptObject> objects = new ArrayList<>();
  private final ScriptObject root;

  ScriptPickle(byte[] pickle) throws MalformedException {
    this.pickle = pickle;
    Object read = new Unpickler(pickle, this::find, ScriptPickle::storage).read();
    if (!(read instanceof ScriptObject object) || !object.hasAttributes()) {
      throw new MalformedException("its pickle holds no module");
    }
    this.root = object;
  }

  ScriptObject root() {
    return root;
  }

  /**
   * The pickle with a text attribute more in every object, and the root inside another object.
   *
   * @param attribute the attribute's name
   * @param values its value for each object; empty text for those that are not here
   * @param wrapper the class in {@code __torch__} whose only module is the root
   * @param child the root's name in the wrapper
   */
  byte[] wrapped(String attribute, Map<ScriptObject, String> values, String wrapper, String child) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(pickle.length * 2);
    PickleWriter begin = new PickleWriter().global(PACKAGE, wrapper);
    begin.op(Opcodes.EMPTY_TUPLE).op(Opcodes.NEWOBJ).op(Opcodes.EMPTY_DICT).op(Opcodes.MARK);
    begin.text(Attribute.TRAINING).bool(false);
    begin.text(Attribute.BACKWARD_HOOK).op(Opcodes.NONE).text(child);
    out.writeBytes(begin.bytes());
    int from = HEADER;
    for (ScriptObject object : inOrderOfBuilding()) {
      out.write(pickle, from, object.buildPosition() - from);
      out.writeBytes(attribute(attribute, values.getOrDefault(object, "")));
      from = object.buildPosition();
    }
    // Without the STOP at its end, which nothing can follow.
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

  private List<ScriptObject> inOrderOfBuilding() {
    return objects.stream()
        .filter(ScriptObject::hasAttributes)
        .sorted(Comparator.comparingInt(ScriptObject::buildPosition))
        .toList();
  }

  private PickleGlobal find(String module, String name) throws MalformedException {
    if (module.equals(PACKAGE) || module.startsWith(PACKAGE + ".")) {
      return arguments -> object(module + "." + name);
    }
    if (module.equals("torch._utils") && name.equals("_rebuild_tensor_v2")) {
      return ScriptPickle::tensor;
    }
    return isInert(module, name) ? arguments -> Inert.VALUE : TorchGlobals.find(module, name);
  }

  private static boolean isInert(String module, String name) {
    return switch (module) {
      case TYPED -> true;
      case "torch._utils" -> REBUILDERS.contains(name);
      case "torch" ->
          QUANTIZED.contains(name)
              || (name.endsWith("Storage") && DType.ofStorageClass(name).isEmpty());
      default -> false;
    };
  }

  private ScriptObject object(String className) {
    ScriptObject object = new ScriptObject(className);
    objects.add(object);
    return object;
  }

  /** A storage of a type that no weights have (complex, quantized) becomes inert. */
  private static Object storage(PickleTuple id) throws MalformedException {
    return id.get(1, Object.class) instanceof StorageClass
        ? StorageRef.ofPersistentId(id)
        : Inert.VALUE;
  }

  private static Object tensor(PickleTuple arguments) throws MalformedException {
    return arguments.get(0, Object.class) instanceof StorageRef
        ? TensorRef.ofArguments(arguments)
        : Inert.VALUE;
  }
}
