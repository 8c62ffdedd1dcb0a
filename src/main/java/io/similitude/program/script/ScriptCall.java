package io.similitude.program.script;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A call that taps.py has seen.
 *
 * @param name empty for the whole network
 * @param floating whether its value is made of floating-point numbers
 * @param shape of its value, the examples included
 */
record ScriptCall(String name, boolean floating, List<Integer> shape) {
  private static final Pattern REPEATED = Pattern.compile("#\\d+$");

  ScriptCall {
    shape = List.copyOf(shape);
  }

  /** The calls of a text with a line each: name, whether floating, shape; tabs between them. */
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
