package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What specs with a bad choice of layers are told. */
final class LayersProblemsTest {
  static Stream<Arguments> oneLineMoreEach() {
    return Stream.of(
        Arguments.of("layers: all", "9: Invalid layers: all (must be a mapping)"),
        Arguments.of("layers: {types: []}", "17: Invalid types: an empty list (must have an item)"),
        Arguments.of(
            "layers: {include: ['block[']}",
            "20: Invalid include: \"block[\" (must be a glob, such as block3.*, with its brackets"
                + " closed)"),
        Arguments.of(
            "layers: {exclude: ['{a']}",
            "20: Invalid exclude: \"{a\" (must be a glob, such as block3.*, with its brackets"
                + " closed)"),
        Arguments.of("layers: {include: ['']}", "20: Invalid include: \"\" (must be text)"),
        Arguments.of(
            "layers: {fraction: 0}",
            "20: Invalid fraction: 0 (must be a number above 0 and at most 1, such as 0.3 or 1/3)"),
        Arguments.of(
            "layers: {fraction: .nan}",
            "20: Invalid fraction: .nan"
                + " (must be a number above 0 and at most 1, such as 0.3 or 1/3)"),
        Arguments.of(
            "layers: {fraction: 1/0}",
            "20: Invalid fraction: 1/0"
                + " (must be a number above 0 and at most 1, such as 0.3 or 1/3)"),
        Arguments.of(
            "layers: {feature: full}", "10: Unknown key: feature (did you mean features?)"));
  }

  @ParameterizedTest
  @MethodSource("oneLineMoreEach")
  void comeFromOneWrongLine(String line, String problem) {
    assertThat(Specs.problemsOfLine(line)).contains("s.yaml:8:" + problem);
  }
}
