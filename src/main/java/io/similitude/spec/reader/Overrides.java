package io.similitude.spec.reader;

import io.similitude.spec.reader.Tree.Field;
import io.similitude.spec.reader.Tree.Fields;
import io.similitude.spec.reader.Tree.Items;
import io.similitude.spec.reader.Tree.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies overrides {@code key.path=value} to a tree. The steps of a path are keys, or in a list
 * indexes from 0. The index after the last one appends. Missing parents are created. The value is
 * YAML. An empty value makes the key count as absent.
 */
final class Overrides {
  private final Problems problems;

  Overrides(Problems problems) {
    this.problems = problems;
  }

  /**
   * The tree with all overrides. Later ones replace earlier ones. Invalid ones are reported as
   * problems.
   */
  Tree apply(Tree tree, List<String> overrides) {
    Tree result = tree;
    for (String override : overrides) {
      result = apply(result, override);
    }
    return result;
  }

  private Tree apply(Tree tree, String override) {
    Place place = Place.override(override);
    int equals = override.indexOf('=');
    List<String> path = List.of(override.substring(0, Math.max(0, equals)).split("\\.", -1));
    if (path.stream().anyMatch(String::isBlank)) {
      problems.add(place, "Invalid override: " + override + " (must be key.path=value)");
      return tree;
    }
    int before = problems.count();
    Optional<Tree> value = new YamlParser(place, problems).parse(override.substring(equals + 1));
    return problems.count() == before
        ? with(tree, path, 0, value.orElse(new Scalar(place, "", true)))
        : tree;
  }

  private Tree with(Tree tree, List<String> path, int step, Tree value) {
    if (step == path.size()) {
      return value;
    }
    if (tree.isNothing()) {
      return with(made(path.get(step), value.place()), path, step, value);
    }
    if (tree instanceof Fields fields) {
      return withField(fields, path, step, value);
    }
    if (tree instanceof Items items) {
      return withItem(items, path, step, value);
    }
    problems.add(
        value.place(),
        "Cannot set %s: %s is %s (neither a list nor a mapping)"
            .formatted(String.join(".", path), joined(path, step), tree.shown()));
    return tree;
  }

  private Tree withField(Fields mapping, List<String> path, int step, Tree value) {
    int next = endOfKey(mapping, path, step);
    String key = String.join(".", path.subList(step, next));
    Field old = mapping.fields().get(key);
    Field absent = new Field(value.place(), new Scalar(value.place(), "", true));
    Tree inner = with(old == null ? absent.value() : old.value(), path, next, value);
    Map<String, Field> fields = new LinkedHashMap<>(mapping.fields());
    fields.put(key, new Field(old == null ? absent.key() : old.key(), inner));
    return new Fields(mapping.place(), fields);
  }

  private Tree withItem(Items list, List<String> path, int step, Tree value) {
    List<Tree> items = new ArrayList<>(list.items());
    int index = index(path.get(step));
    if (index < 0 || index > items.size()) {
      problems.add(
          value.place(),
          "Invalid index: %s (%s has the indexes 0 to %d; %d appends)"
              .formatted(path.get(step), joined(path, step), items.size() - 1, items.size()));
      return list;
    }
    if (index == items.size()) {
      items.add(new Scalar(value.place(), "", true));
    }
    items.set(index, with(items.get(index), path, step + 1, value));
    return new Items(list.place(), items);
  }

  /**
   * The end of the key that starts at a step. Keys may have dots, so the longest existing key is
   * used.
   */
  private static int endOfKey(Fields mapping, List<String> path, int step) {
    for (int end = path.size(); end > step + 1; end--) {
      if (mapping.fields().containsKey(String.join(".", path.subList(step, end)))) {
        return end;
      }
    }
    return step + 1;
  }

  private static Tree made(String firstKey, Place place) {
    return firstKey.equals("0") ? new Items(place, List.of()) : new Fields(place, Map.of());
  }

  private static int index(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
  }

  private static String joined(List<String> path, int end) {
    return String.join(".", path.subList(0, end));
  }
}
