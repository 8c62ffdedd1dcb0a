package io.similitude.checkpoint.torch;

import io.similitude.checkpoint.pickle.PickleValue;
import io.similitude.checkpoint.pickle.PickleValue.Instance;
import io.similitude.checkpoint.pickle.PickleValue.Mapping;
import io.similitude.checkpoint.pickle.PickleValue.Sequence;
import io.similitude.checkpoint.tensor.MalformedException;
import io.similitude.checkpoint.tensor.StoredTensor;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the tensors in a pickled value: in dictionaries, lists and tuples, and inside objects. The
 * steps to a tensor form its path. A whole pickled module is read like its state_dict: by its
 * parameters, its persistent buffers and its modules.
 */
final class TensorTree {
  private static final String NON_PERSISTENT = "_non_persistent_buffers_set";
  private static final String PARAMETERS = "_parameters";
  private static final String BUFFERS = "_buffers";
  private static final String MODULES = "_modules";

  private static final int MOST_TENSORS = 100_000;

  /**
   * The largest number of steps. A file has fewer values. More steps mean that shared values are
   * visited again and again.
   */
  private static final int MOST_STEPS = 5_000_000;

  private static final int MOST_LOOKED_INTO = 500_000;
  private static final int DEEPEST = 100;
  private static final int LONGEST_PATH = 500;

  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private final Set<String> places = new LinkedHashSet<>();
  private final Deque<String> placesAbove = new ArrayDeque<>();
  private final Set<PickleValue> above = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<PickleValue> objects = Collections.newSetFromMap(new IdentityHashMap<>());
  private int steps;
  private int lookedInto;
  private boolean hasModule;

  private TensorTree() {}

  static TensorTree of(PickleValue root) throws MalformedException {
    TensorTree tree = new TensorTree();
    tree.visit("", root);
    return tree;
  }

  /** The tensors by path. */
  Map<String, StoredTensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  /** The paths of the objects that directly or indirectly contain tensors. */
  Set<String> places() {
    return Collections.unmodifiableSet(places);
  }

  /** Whether the value contains a whole pickled module. */
  boolean hasModule() {
    return hasModule;
  }

  /** Visits the value of a step. Most values are not tensors and contain none. */
  private void visit(String path, String step, PickleValue value) throws MalformedException {
    if (holds(value)) {
      visit(path.isEmpty() ? step : path + "." + step, value);
    }
  }

  private boolean holds(PickleValue value) throws MalformedException {
    requireFew(++steps <= MOST_STEPS);
    return value instanceof Instance || value instanceof Mapping || value instanceof Sequence;
  }

  private static void requireFew(boolean few) throws MalformedException {
    if (!few) {
      throw new MalformedException(
          "its values hold each other too often to be looked through"
              + " (save the weights alone: torch.save(model.state_dict(), ...))");
    }
  }

  private void visit(String path, PickleValue value) throws MalformedException {
    if (!holds(value)
        || path.length() > LONGEST_PATH
        || above.size() > DEEPEST
        || above.contains(value)) {
      return;
    }
    requireFew(++lookedInto <= MOST_LOOKED_INTO);
    Optional<StoredTensor> tensor = PickledTensors.of(value);
    if (tensor.isPresent()) {
      add(path, tensor.get());
      return;
    }
    above.add(value);
    placesAbove.push(path);
    visitInside(path, value);
    placesAbove.pop();
    above.remove(value);
  }

  private void add(String path, StoredTensor tensor) throws MalformedException {
    StoredTensor known = tensors.putIfAbsent(path, tensor);
    if (known != null && !known.memory().equals(tensor.memory())) {
      tensors.put(path, new StoredTensor.Refused("occurs twice under one name"));
    }
    places.addAll(placesAbove);
    if (tensors.size() > MOST_TENSORS) {
      throw new MalformedException(
          "it holds more than "
              + MOST_TENSORS
              + " tensors (save the weights alone: torch.save(model.state_dict(), ...))");
    }
  }

  private void visitInside(String path, PickleValue value) throws MalformedException {
    if (value instanceof Mapping mapping) {
      visitEntries(path, mapping);
    } else if (value instanceof Sequence sequence) {
      visitItems(path, sequence);
    } else if (value instanceof Instance instance) {
      if (isModule(instance)) {
        hasModule = true;
        visitModule(path, instance.attributes().orElseThrow());
      } else if (instance.calls().equals("collections.OrderedDict")) {
        visitEntries(path, entriesOf(instance).orElseThrow());
      } else if (objects.add(instance)) {
        visitObject(path, instance);
      }
    }
  }

  private void visitEntries(String path, Mapping mapping) throws MalformedException {
    for (Map.Entry<String, PickleValue> entry : mapping.named().entrySet()) {
      visit(path, entry.getKey(), entry.getValue());
    }
    for (Map.Entry<Long, PickleValue> entry : mapping.numbered().entrySet()) {
      visit(path, entry.getKey().toString(), entry.getValue());
    }
  }

  private void visitItems(String path, Sequence sequence) throws MalformedException {
    List<PickleValue> items = sequence.items();
    for (int i = 0; i < items.size(); i++) {
      visit(path, Integer.toString(i), items.get(i));
    }
  }

  /** Visits an object. It may contain anything, even itself, so each object is visited once. */
  private void visitObject(String path, Instance object) throws MalformedException {
    if (object.entries().isPresent()) {
      visitEntries(path, object.entries().get());
    }
    visitItems(path, object.items());
    for (PickleValue argument : object.arguments().items()) {
      visit(path, argument);
    }
    visit(path, object.state());
  }

  private static boolean isModule(Instance instance) {
    Optional<Mapping> attributes = instance.attributes();
    return attributes.isPresent()
        && attributes.get().named().containsKey(PARAMETERS)
        && attributes.get().named().containsKey(MODULES);
  }

  private void visitModule(String path, Mapping attributes) throws MalformedException {
    Set<String> left = namesIn(attributes.get(NON_PERSISTENT));
    visitNamed(path, attributes.get(PARAMETERS), Set.of());
    visitNamed(path, attributes.get(BUFFERS), left);
    visitNamed(path, attributes.get(MODULES), Set.of());
  }

  private void visitNamed(String path, PickleValue dictionary, Set<String> left)
      throws MalformedException {
    Optional<Mapping> entries = entriesOf(dictionary);
    if (entries.isEmpty()) {
      return;
    }
    for (Map.Entry<String, PickleValue> entry : entries.get().named().entrySet()) {
      if (!left.contains(entry.getKey())) {
        visit(path, entry.getKey(), entry.getValue());
      }
    }
  }

  private static Set<String> namesIn(PickleValue set) {
    PickleValue items = set;
    // Protocol 2 has no sets. It calls set with a list.
    if (set instanceof Instance instance && instance.arguments().size() == 1) {
      items = instance.arguments().items().get(0);
    }
    Set<String> names = new LinkedHashSet<>();
    if (items instanceof Sequence sequence) {
      sequence.items().forEach(item -> PickleValue.text(item).ifPresent(names::add));
    }
    return names;
  }

  /** The entries of a plain or an ordered dictionary. Python 2 stored the latter as pairs. */
  private static Optional<Mapping> entriesOf(PickleValue value) {
    if (value instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    if (!(value instanceof Instance instance)) {
      return Optional.empty();
    }
    if (instance.arguments().size() == 0 && instance.entries().isPresent()) {
      return instance.entries();
    }
    Mapping entries = new Mapping();
    for (PickleValue argument : instance.arguments().items()) {
      if (argument instanceof Sequence pairs) {
        pairs.items().forEach(pair -> put(entries, pair));
      }
    }
    instance.entries().ifPresent(own -> own.named().forEach((k, v) -> put(entries, k, v)));
    instance
        .entries()
        .ifPresent(
            own -> own.numbered().forEach((k, v) -> entries.put(new PickleValue.Whole(k), v)));
    return Optional.of(entries);
  }

  private static void put(Mapping entries, PickleValue pair) {
    if (pair instanceof Sequence both && both.size() == 2) {
      entries.put(both.items().get(0), both.items().get(1));
    }
  }

  private static void put(Mapping entries, String key, PickleValue value) {
    entries.put(new PickleValue.Text(key), value);
  }
}
