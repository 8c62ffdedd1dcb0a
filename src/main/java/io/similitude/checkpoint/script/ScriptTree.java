package io.similitude.checkpoint.script;

import io.similitude.checkpoint.pickle.PickleValue;
import io.similitude.checkpoint.pickle.PickleValue.Instance;
import io.similitude.checkpoint.pickle.PickleValue.Mapping;
import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.torch.PickledTensors;
import io.similitude.checkpoint.torch.TensorRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objects of a TorchScript pickle at all of their places, in the order of {@code
 * named_modules()}.
 */
final class ScriptTree {
  /** The largest number of attributes. ViT-H has 20,000. */
  private static final int MOST_ATTRIBUTES = 500_000;

  private static final int DEEPEST = 100;
  private static final int LONGEST_PATH = 500;

  private final List<Place> places = new ArrayList<>();

  ScriptTree(Instance root) throws MalformedException {
    Deque<Place> next = new ArrayDeque<>();
    next.push(Place.root(unwrapped(root)));
    int attributes = 0;
    while (!next.isEmpty()) {
      Place place = next.pop();
      places.add(place);
      attributes += 1 + place.attributes().size();
      requireBounded(attributes, place);
      place.findChildren();
      for (int i = place.children().size() - 1; i >= 0; i--) {
        next.push(place.children().get(i));
      }
    }
  }

  List<Place> places() {
    return places;
  }

  private static void requireBounded(int attributes, Place place) throws MalformedException {
    if (attributes > MOST_ATTRIBUTES || place.depth > DEEPEST) {
      throw new MalformedException(
          "its modules are nested more than 100 deep, or have more than 500000 attributes");
    }
  }

  /** The network itself, without a DataParallel around it. */
  private static Instance unwrapped(Instance root) throws MalformedException {
    Place outer = Place.root(root);
    outer.findChildren();
    return outer.children().size() == 1
            && outer.children().get(0).name().equals(ScriptArchive.PARALLEL)
        ? outer.children().get(0).object()
        : root;
  }

  /** An object at one of its places. */
  static final class Place {
    private final Optional<Place> parent;
    private final String path;
    private final String name;
    private final Instance object;
    private final int depth;
    private final List<Place> children = new ArrayList<>();
    private final Map<String, TensorRef> tensors = new LinkedHashMap<>();

    private Place(Optional<Place> parent, String path, String name, Instance object, int depth) {
      this.parent = parent;
      this.path = path;
      this.name = name;
      this.object = object;
      this.depth = depth;
    }

    private static Place root(Instance object) {
      return new Place(Optional.empty(), "", "", object, 0);
    }

    /** The place of the object that contains it; empty for the network itself. */
    Optional<Place> parent() {
      return parent;
    }

    String path() {
      return path;
    }

    /** The last part of its path. */
    String name() {
      return name;
    }

    Instance object() {
      return object;
    }

    List<Place> children() {
      return children;
    }

    /** The object's own tensors, by attribute. */
    Map<String, TensorRef> tensors() {
      return Collections.unmodifiableMap(tensors);
    }

    /** The attributes in order; empty if the class stores its state in its own way. */
    private Map<String, PickleValue> attributes() {
      return object.attributes().map(Mapping::named).orElse(Map.of());
    }

    private void findChildren() throws MalformedException {
      for (Map.Entry<String, PickleValue> entry : attributes().entrySet()) {
        String key = entry.getKey();
        if (ScriptPickle.isObject(entry.getValue())) {
          Instance child = (Instance) entry.getValue();
          children.add(new Place(Optional.of(this), requirePath(key), key, child, depth + 1));
        } else if (PickledTensors.of(entry.getValue()).orElse(null) instanceof TensorRef tensor) {
          requirePath(key);
          requireOwnSign(key, tensor);
          tensors.put(key, tensor);
        }
      }
    }

    private void requireOwnSign(String key, TensorRef tensor) throws MalformedException {
      if (tensor.isNegative()) {
        throw new MalformedException(
            "its "
                + MalformedException.quote(ScriptModule.child(path, key))
                + " has its negative bit set (call resolve_neg() on it and export again)");
      }
    }

    /** Checks a path. Paths are used in messages and tables, where each takes one line. */
    private String requirePath(String key) throws MalformedException {
      String child = ScriptModule.child(path, key);
      if (key.isEmpty()
          || child.length() > LONGEST_PATH
          || key.chars().anyMatch(c -> Character.isISOControl(c))) {
        throw new MalformedException(
            "Invalid name of a module or parameter: "
                + MalformedException.quote(child)
                + " (must be 1 to 500 printable characters)");
      }
      return child;
    }
  }
}
