package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.spec.FindingsSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

final class FindingsReaderTest {
  private static final String ALL =
      Specs.MINIMAL
          + """
          findings:
            groups: [training, epsilon]
            unit: training-run
            block: none
            baseline: {training: standard}
            order: [width]
            overfitting: {train: other-run}
            blocks: {tau: 0.9, contrast: 0.3, least: 4}
            permutations: 99
            correspondence: true
            grams: false
          """;

  @Test
  void withoutTheKeyEverythingIsFound() {
    assertThat(Specs.read(Specs.MINIMAL).findings()).isEqualTo(FindingsSpec.ALL);
  }

  @Test
  void anEmptyListFindsNothing() {
    FindingsSpec findings = Specs.read(Specs.MINIMAL + "findings: []\n").findings();

    assertThat(findings).isEqualTo(FindingsSpec.NONE);
    assertThat(findings.isWanted()).isFalse();
    assertThat(findings.matchesLayers(2)).isFalse();
    assertThat(findings.readsGrams(2)).isFalse();
  }

  @Test
  void readsEveryKey() {
    assertThat(Specs.read(ALL).findings())
        .isEqualTo(
            new FindingsSpec(
                true,
                List.of("training", "epsilon"),
                "training-run",
                Optional.empty(),
                Map.of("training", "standard"),
                List.of("width"),
                Optional.of("/specs/other-run"),
                new FindingsSpec.Blocks(0.9, 0.3, 4),
                99,
                Optional.of(true),
                Optional.of(false)));
  }

  @Test
  void whatItWritesItReadsAgain() {
    for (String yaml : List.of(Specs.MINIMAL, ALL, Specs.MINIMAL + "findings: []\n")) {
      FindingsSpec findings = Specs.read(yaml).findings();
      String written =
          new Dump(DumpSettings.builder().build()).dumpToString(SweepWriter.tree(Specs.read(yaml)));
      assertThat(Specs.read(written).findings()).isEqualTo(findings);
    }
  }

  @Test
  void layersAreMatchedWithAtMostTwelveCheckpointsUnlessTheSpecSaysSo() {
    assertThat(FindingsSpec.ALL.matchesLayers(12)).isTrue();
    assertThat(FindingsSpec.ALL.matchesLayers(13)).isFalse();
    assertThat(Specs.read(ALL).findings().matchesLayers(1000)).isTrue();
    assertThat(Specs.read(ALL).findings().readsGrams(2)).isFalse();
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("findings: [blocks]", "(must be a mapping, or [] for none)"),
        Arguments.of("findings: {group: [a]}", "group"),
        Arguments.of(
            "findings: {permutations: 0}", "permutations: 0 (must be a whole number, at least 1)"),
        Arguments.of("findings: {blocks: {tau: 1}}", "tau: 1 (must be a number between 0 and 1)"),
        Arguments.of(
            "findings: {blocks: {contrast: -0.1}}",
            "contrast: -0.1 (must be a number between 0 and 1)"),
        Arguments.of(
            "findings: {blocks: {least: 0}}", "least: 0 (must be a whole number, at least 1)"),
        Arguments.of("findings: {grams: perhaps}", "grams: perhaps"),
        Arguments.of("findings: {overfitting: {}}", "train"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsOneLineThatNamesIt(String yaml, String told) {
    assertThat(Specs.problems(Specs.MINIMAL + yaml + "\n"))
        .singleElement()
        .asString()
        .contains(told);
  }
}
