package io.similitude.checkpoint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The objects of a TorchScript pickle with their places, in the order of {@code named_modules()}. A
 * module that stands in several places has its first as its name; its tensors have a name for each.
 */
final class ScriptTree {
  /** ViT-H has 20,000. */
  private static final int MOST_ATTRIBUTES = 500_000;

  private static final int DEEPEST = 100;
  private static final int LONGEST_PATH = 500;

  /** What DataParallel calls the network inside it. */
  private static final String PARALLEL = "module";

  private final List<Place> places = new ArrayList<>();
  private final Map<ScriptObject, String> names = new HashMap<>();

  ScriptTree(ScriptObject root) throws MalformedException {
    Deque<Place> next = new ArrayDeque<>(List.of(new Place("", unwrapped(root), 0)));
    int attributes = 0;
    while (!next.isEmpty()) {
      Place place = next.pop();
      attributes += 1 + place.object().attributes().size();
      requireBounded(attributes, place);
      places.add(place);
      names.putIfAbsent(place.object(), place.path());
      List<Place> children = place.children();
      for (int i = children.size() - 1; i >= 0; i--) {
        next.push(children.get(i));
      }
    }
  }

  List<Place> places() {
    return places;
  }

  /** Each object's first path. */
  Map<ScriptObject, String> names() {
    return names;
  }

  private static void requireBounded(int attributes, Place place) throws MalformedException {
    if (attributes > MOST_ATTRIBUTES || place.depth() > DEEPEST) {
      throw new MalformedException(
          "its modules are nested more than 100 deep, or have more than 500000 attributes");
    }
  }

  /** The network itself where DataParallel stands around it. */
  private static ScriptObject unwrapped(ScriptObject root) throws MalformedException {
    List<Place> children = new Place("", root, 0).children();
    return children.size() == 1 && children.get(0).path().equals(PARALLEL)
        ? children.get(0).object()
        : root;
  }

  /** An object under one of its paths. */
  record Place(String path, ScriptObject object, int depth) {
    private List<Place> children() throws MalformedException {
      List<Place> children = new ArrayList<>();
      for (Map.Entry<Object, Object> entry : object.attributes().entrySet()) {
        if (entry.getKey() instanceof String name
            && entry.getValue() instanceof ScriptObject child) {
          children.add(new Place(childPath(name), child, depth + 1));
        }
      }
      return children;
    }

    /** The object's own tensors by attribute. */
    Map<String, TensorRef> tensors() {
      Map<String, TensorRef> tensors = new LinkedHashMap<>();
      for (Map.Entry<Object, Object> entry : object.attributes().entrySet()) {
        if (entry.getKey() instanceof String name && entry.getValue() instanceof TensorRef tensor) {
          tensors.put(name, tensor);
        }
      }
      return tensors;
    }

    private String childPath(String name) throws MalformedException {
      String child = ScriptModule.child(path, name);
      if (name.isEmpty()
          || child.length() > LONGEST_PATH
          || name.chars().anyMatch(c -> Character.isISOControl(c))) {
        throw new MalformedException(
            "Invalid name of a module or parameter: "
                + MalformedException.quote(child)
                + " (must be 1 to 500 printable characters)");
      }
      return child;
    }
  }
}
