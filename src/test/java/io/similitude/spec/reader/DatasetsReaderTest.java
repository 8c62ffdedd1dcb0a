package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.spec.RepresentationSpec;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.ViewSpec;
import io.similitude.spec.measure.MeasureSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/** Specs with several data sets. */
final class DatasetsReaderTest {
  private static final String ONE = "dataset: {format: idx, images: x.gz, labels: y.gz}";
  private static final String TWO =
      "datasets: {test: {format: idx, images: x.gz, labels: y.gz, examples: 16}, train: {format: idx, images: a.gz, labels: b.gz}}";
  private static final String VIEWS =
      "views: [{id: benign}, {id: noisy, data: train, attack: uniform-noise}, {id: fit, data: train}]\n";

  private static String spec(String more) {
    return Specs.MINIMAL.replace(ONE, TWO) + more;
  }

  @Test
  void aViewShowsTheFirstUnlessItNamesAnother() {
    SweepSpec spec = Specs.read(spec(VIEWS));

    assertThat(spec.views().stream().map(spec::dataOf)).containsExactly("test", "train", "train");
    assertThat(spec.shown()).containsExactly("test", "train");
    assertThat(spec.on("train").views()).extracting(ViewSpec::id).containsExactly("noisy", "fit");
    assertThat(spec.on("train").dataset()).isEqualTo(Optional.of(spec.datasets().get("train")));
  }

  @Test
  void labelsAndPixelsAreThereForEachDataSetThatIsShown() {
    SweepSpec spec =
        Specs.read(
            spec(
                VIEWS
                    + "similarities: [{metric: cka, given: labels}]\n"
                    + "representations: [{source: pixels}]\n"));

    assertThat(spec.on("test").representations())
        .extracting(RepresentationSpec::name)
        .containsExactlyInAnyOrder("dataset/benign/labels", "dataset/benign/pixels");
    assertThat(spec.on("train").representations())
        .extracting(RepresentationSpec::name)
        .containsExactlyInAnyOrder("dataset/fit/labels", "dataset/fit/pixels");
  }

  @Test
  void aSimilarityThatIsGivenTestExamplesIsNotOneOfTheTrainingData() {
    SweepSpec spec =
        Specs.read(
            spec(VIEWS + "similarities: [{metric: cka}, {metric: cka, given: one/benign/fc}]\n"));

    assertThat(spec.on("test").similarities()).hasSize(2);
    assertThat(spec.on("train").similarities()).containsExactly(MeasureSpec.CKA);
  }

  @Test
  void isWrittenBackAsItWasRead() throws Exception {
    SweepSpec spec = Specs.read(spec(VIEWS + "representations: [{source: labels, data: train}]\n"));
    String yaml = new Dump(DumpSettings.builder().build()).dumpToString(SweepWriter.tree(spec));

    assertThat(Specs.read(yaml)).isEqualTo(spec);
    assertThat(Specs.copy(spec)).isEqualTo(spec);
  }

  @Test
  void problemsNameTheDataSet() {
    assertThat(Specs.problems(spec("views: [{id: a, data: tran}]\n")))
        .containsExactly(
            "s.yaml:8:23: Invalid data: tran (did you mean train? known: test, train)");
    assertThat(Specs.problems(spec("batch-size: 3\n")))
        .singleElement()
        .asString()
        .contains("known: sweep");
    assertThat(Specs.problems(Specs.MINIMAL.replace("batch: 8", TWO + "\nbatch: 8")))
        .containsExactly(
            "s.yaml:2:10: Invalid dataset: a mapping (must not be used together with datasets: name it there)");
    assertThat(Specs.problems(spec("").replace("batch: 8", "batch: 17")))
        .containsExactly(
            "s.yaml:3:8: Invalid batch: 17 (must be at most the number of examples of data set test, 16)");
    assertThat(Specs.problems(spec("representations: [{source: labels, data: train}]\n")))
        .singleElement()
        .asString()
        .contains("dataset/benign/labels is of data set train, which no view shows");
    assertThat(
            Specs.problems(spec(VIEWS + "similarities: [{metric: cka, given: one/benign/fc}]\n")))
        .singleElement()
        .asString()
        .contains("must have one for data set train");
    assertThat(Specs.problems(Specs.MINIMAL.replace(ONE, "datasets: {}")))
        .isEqualTo(
            List.of("s.yaml:2:11: Invalid datasets: an empty mapping (must name a data set)"));
  }
}
