package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What specs with bad networks or checkpoints are told. */
final class CheckpointProblemsTest {
  static Stream<Arguments> oneChangeEach() {
    return Stream.of(
        Arguments.of(
            "net: {architecture: wide-resnet, depth: 10}",
            "net: 3",
            "5:8: Invalid network net: 3 (must be a mapping)"),
        Arguments.of(
            "net: {architecture: wide-resnet, depth: 10}",
            "net:",
            "5:3: Missing value: net (or leave it out)"),
        Arguments.of(
            "depth: 10",
            "depth: [1]",
            "5:43: Invalid depth: a list (must be a number, a truth value or a word)"),
        Arguments.of(
            "architecture: wide-resnet, depth",
            "depth",
            "5:8: Missing key: architecture (every network needs it)"),
        Arguments.of(
            "{id: one, network: net, weights: one.pth}",
            "",
            "7:4: Missing value: an item of checkpoints (leave it out)"),
        Arguments.of(
            "{id: one, network: net, weights: one.pth}",
            "one.pth",
            "7:5: Invalid checkpoints: one.pth (must be a mapping)"),
        Arguments.of(
            "weights: one.pth",
            "weights: one.pth, golb: '*.pth'",
            "7:47: Unknown key: golb (did you mean glob?)"),
        Arguments.of(
            "weights: one.pth",
            "weights: one.pth, tags: {a: [1]}",
            "7:57: Invalid a: a list (must be text)"),
        Arguments.of(
            "weights: one.pth",
            "weights: one.pth, tags: {a: }",
            "7:54: Missing value: a (or leave it out)"));
  }

  @ParameterizedTest
  @MethodSource("oneChangeEach")
  void nameThePlaceTheValueAndTheWayOut(String from, String to, String problem) {
    assertThat(Specs.problemsOfChange(from, to)).containsExactly("s.yaml:" + problem);
  }
}
