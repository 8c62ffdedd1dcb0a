package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.spec.FigureSpec;
import io.similitude.spec.FigureSpec.Ticks;
import io.similitude.spec.ReportSpec;
import io.similitude.spec.ReportSpec.PairKind;
import io.similitude.spec.ReportSpec.Reference;
import io.similitude.spec.SweepSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

final class ReportReaderTest {
  private static final String TAGGED =
      Specs.MINIMAL.replace("one.pth}", "one.pth, tags: {training: plain}}");

  private static final String ALL =
      TAGGED
          + """
          representations: [{checkpoint: other, view: noisy, layer: out, file: out.npy}]
          report:
            pairs: [same-view, itself]
            reference: {training: plain}
            tags: {training: [plain, pgd]}
            perturbed: {noisy: "Gaussian noise, sd 0.1"}
            figures: {columns: 1, font-size: 8, title: false, ticks: blocks}
          """;

  @Test
  void withoutTheKeyEverythingIsShown() {
    ReportSpec report = Specs.read(Specs.MINIMAL).report();

    assertThat(report).isEqualTo(ReportSpec.DEFAULT);
    assertThat(report.pairs()).containsExactly(PairKind.values());
    assertThat(report.shows(Map.of())).isTrue();
  }

  @Test
  void readsEveryKey() {
    assertThat(Specs.read(ALL).report())
        .isEqualTo(
            new ReportSpec(
                List.of(PairKind.SAME_VIEW, PairKind.ITSELF),
                Reference.toTag("training", "plain"),
                Map.of("training", List.of("plain", "pgd")),
                Map.of("noisy", "Gaussian noise, sd 0.1"),
                new FigureSpec(1, 8, false, Ticks.BLOCKS)));
  }

  @Test
  void whatItWritesItReadsAgain() {
    SweepSpec spec = Specs.read(ALL);
    String yaml = new Dump(DumpSettings.builder().build()).dumpToString(SweepWriter.tree(spec));

    assertThat(Specs.read(yaml).report()).isEqualTo(spec.report());
  }

  @Test
  void aReferenceMayBeACheckpoint() {
    Reference reference =
        Specs.read(Specs.MINIMAL + "report: {reference: one}").report().reference();

    assertThat(reference.isMet("one", Map.of())).isTrue();
    assertThat(reference.isMet("two", Map.of("one", "one"))).isFalse();
  }

  @Test
  void aFilterShowsCheckpointsThatHaveOneValueOfEachTag() {
    ReportSpec report = Specs.read(ALL).report();

    assertThat(report.shows(Map.of("training", "pgd", "seed", "1"))).isTrue();
    assertThat(report.shows(Map.of("training", "trades"))).isFalse();
    assertThat(report.shows(Map.of())).isFalse();
  }

  static Stream<Arguments> oneLineMoreEach() {
    return Stream.of(
        Arguments.of(
            "report: {pairs: [itselv]}",
            "Invalid pairs: itselv (did you mean itself? known: itself, benign-perturbed,"
                + " same-view, other)"),
        Arguments.of("report: {pairs: [other, other]}", "Invalid pairs: other (is named already)"),
        Arguments.of("report: {reference: two}", "Invalid reference: two (known: one)"),
        Arguments.of(
            "report: {reference: {a: b, c: d}}",
            "Invalid reference: a mapping (must be a checkpoint, or one tag with its value)"),
        Arguments.of(
            "report: {tags: {training: x}}",
            "Invalid tags: a mapping (no checkpoint has these values)"),
        Arguments.of(
            "report: {perturbed: {noisy: noise}}",
            "Invalid perturbed: a mapping (there is no view noisy)"),
        Arguments.of(
            "report: {figures: {columns: 3}}",
            "Invalid columns: 3 (must be a whole number between 1 and 2)"),
        Arguments.of(
            "report: {figures: {font-size: .nan}}",
            "Invalid font-size: .nan (must be a number of points between 4 and 24)"),
        Arguments.of("report: {figure: {}}", "Unknown key: figure (did you mean figures?)"));
  }

  @ParameterizedTest
  @MethodSource("oneLineMoreEach")
  void whatIsWrongIsNamed(String line, String problem) {
    assertThat(Specs.problemsOfLine(line)).anySatisfy(it -> assertThat(it).endsWith(problem));
  }
}
