package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What specs with bad representations are told. */
final class RepresentationProblemsTest {
  static Stream<Arguments> oneLineMoreEach() {
    return Stream.of(
        Arguments.of(
            "representations: []",
            "18: Invalid representations: an empty list (must have an item)"),
        Arguments.of(
            "representations: [{file: x.npy, layer: out}]",
            "19: Missing key: checkpoint (every representation needs it)"),
        Arguments.of(
            "representations: [{checkpoint: o, layer: out}]",
            "19: Missing key: file (every representation needs it)"),
        Arguments.of(
            "representations: [{checkpoint: one, layer: out, file: x.npy}]",
            "32: Invalid checkpoint id: one (is the id of a checkpoint, whose activations are made"
                + " here: choose another)"),
        Arguments.of(
            "representations: [{source: classes}]",
            "28: Invalid source: classes (known: pixels, labels)"),
        Arguments.of(
            "representations: [{source: pixels}, {source: pixels, layer: again}]",
            "46: Invalid source: pixels (is there already)"),
        Arguments.of(
            "representations: [{checkpoint: o, layer: l, file: x.npy}, {checkpoint: o, layer: l,"
                + " file: y.npy}]",
            "59: Invalid representations: a mapping (o/benign/l must differ from the one at"
                + " s.yaml:8:19)"));
  }

  @ParameterizedTest
  @MethodSource("oneLineMoreEach")
  void comeFromOneWrongLine(String line, String problem) {
    assertThat(Specs.problemsOfLine(line)).contains("s.yaml:8:" + problem);
  }

  @Test
  void ofRepresentationsAloneAreTheirOwn() {
    String yaml =
        """
        sweep: alone
        batch: 8
        representations: [{source: labels}]
        views: [{id: benign}]
        """;

    assertThat(Specs.problems(yaml))
        .containsExactly(
            "s.yaml:1:1: Missing key: dataset (the spec needs it)",
            "s.yaml:4:8: Invalid views: a list (must have checkpoints to show them to;"
                + " representations name their own)");
  }

  @Test
  void namesAsTheDataSetsAreTakenOnce() {
    String yaml = Specs.MINIMAL.replace("id: one", "id: dataset");

    assertThat(Specs.problems(yaml + "representations: [{source: pixels}]"))
        .containsExactly(
            "s.yaml:8:28: Invalid source: pixels (is called dataset, as a checkpoint is: add"
                + " checkpoint: another-id)");
    assertThat(Specs.problems(yaml + "similarities: [{metric: cka, given: labels}]"))
        .containsExactly(
            "s.yaml:8:15: Invalid similarities: a list (given labels, which would be called dataset"
                + " as a checkpoint is: add {source: labels, checkpoint: another-id} to"
                + " representations)");
  }
}
