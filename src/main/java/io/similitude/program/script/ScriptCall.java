package io.similitude.program.script;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A call that taps.py recorded.
 *
 * @param name empty for the whole network
 * @param floating whether its value has floating-point numbers
 * @param shape the shape of its value, including the examples
 */
record ScriptCall(String name, boolean floating, List<Integer> shape) {
  private static final Pattern REPEATED = Pattern.compile("#\\d+$");

  ScriptCall {
    shape = List.copyOf(shape);
  }

  /**
   * Parses the calls of a text, one line for each. The fields are name, whether floating, and
   * shape, separated by tabs.
   */
  static List<ScriptCall> parse(String text) {
    return text.lines().map(ScriptCall::ofLine).toList();
  }

  private static ScriptCall ofLine(String line) {
    String[] parts = line.split("\t", -1);
    return new ScriptCall(
        parts[0], Set.of("True", "true", "1").contains(parts[1]), sizes(parts[2]));
  }

  private static List<Integer> sizes(String list) {
    return Stream.of(list.replaceAll("[\\[\\] ]", "").split(","))
        .filter(size -> !size.isEmpty())
        .map(Integer::valueOf)
        .toList();
  }

  boolean isLayer(int examples) {
    return !path().isEmpty() && floating && !shape.isEmpty() && shape.get(0) == examples;
  }

  boolean isClassification(int examples) {
    return floating && shape.size() == 2 && shape.get(0) == examples;
  }

  /** The module that was called. */
  String path() {
    return path(name);
  }

  /** The module of a layer: its name without the number of the call. */
  static String path(String name) {
    return REPEATED.matcher(name).replaceFirst("");
  }

  List<Integer> exampleShape() {
    return shape.subList(1, shape.size());
  }
}
