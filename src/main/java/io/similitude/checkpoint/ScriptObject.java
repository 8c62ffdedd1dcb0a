package io.similitude.checkpoint;

import java.util.Map;

/**
 * An object of a class of the archive's own code, mostly a module, in a TorchScript pickle. Equal
 * to itself only, as modules are: the same one may stand in several places.
 */
final class ScriptObject implements PickleContainer {
  private final String className;
  private PickleDict state;
  private int buildPosition;

  ScriptObject(String className) {
    this.className = className;
  }

  /** {@code __torch__.torch.nn.modules.conv.___torch_mangle_3.Conv2d}. */
  String className() {
    return className;
  }

  /** The attributes in order; none where the class keeps its state in a way of its own. */
  Map<Object, Object> attributes() {
    return state == null ? Map.of() : state.entries();
  }

  boolean hasAttributes() {
    return state != null;
  }

  /** Where the pickle gives the object its attributes: before this byte more can be added. */
  int buildPosition() {
    return buildPosition;
  }

  @Override
  public void build(Object given, int position) {
    if (given instanceof PickleDict attributes) {
      state = attributes;
      buildPosition = position;
    }
  }

  @Override
  public void put(Object key, Object value) throws MalformedException {
    throw new MalformedException("its pickle is broken: it sets a key of a module");
  }

  @Override
  public void add(Object value) throws MalformedException {
    throw new MalformedException("its pickle is broken: it appends to a module");
  }
}
