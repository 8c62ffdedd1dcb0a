package io.similitude.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FindingsBuilderTest {
  private static final MeasureColumns CKA =
      new MeasureColumns("cka", "linear", "minibatch", "unbiased");
  private static final MeasureColumns PWCCA = new MeasureColumns("pwcca", "", "exact", "");
  private static final CheckpointView A = new CheckpointView("a", "benign");
  private static final CheckpointView B = new CheckpointView("b", "benign");
  private static final CheckpointView C = new CheckpointView("c", "benign");

  @Test
  void aSquareOfASymmetricMeasureIsMirrored() {
    Heatmap map =
        onlyHeatmap(row(CKA, A, 0, A, 0, 1), row(CKA, A, 0, A, 1, 0.5), row(CKA, A, 1, A, 1, 1));

    assertThat(map.rowLayers()).containsExactly("layer0", "layer1");
    assertThat(values(map)).containsExactly(1.0, 0.5, 0.5, 1.0);
  }

  @Test
  void aSquareOfAnAsymmetricMeasureKeepsBothDirections() {
    Heatmap map =
        onlyHeatmap(
            row(PWCCA, A, 1, A, 0, 0.25),
            row(PWCCA, A, 0, A, 0, 1),
            row(PWCCA, A, 0, A, 1, 0.5),
            row(PWCCA, A, 1, A, 1, 1));

    assertThat(values(map)).containsExactly(1.0, 0.5, 0.25, 1.0);
  }

  @Test
  void layersStandInTheOrderOfTheirPositionsWhateverTheOrderOfRows() {
    Heatmap map = onlyHeatmap(row(CKA, A, 10, B, 2, 0.3), row(CKA, A, 9, B, 2, 0.2));

    assertThat(map.rowLayers()).containsExactly("layer9", "layer10");
    assertThat(map.columnLayers()).containsExactly("layer2");
    assertThat(values(map)).containsExactly(0.2, 0.3);
  }

  @Test
  void aPairThatWasNotComparedSaysSo() {
    Heatmap map = onlyHeatmap(row(CKA, A, 0, B, 2, 0.3), row(CKA, A, 1, B, 1, 0.2));

    assertThat(map.cell(0, 0)).isEqualTo(MeasureValue.missing(Status.NOT_COMPARED));
    assertThat(map.cell(1, 1).status()).isEqualTo(Status.NOT_COMPARED);
  }

  @Test
  void layersComparedWithTheirNamesakesOnlyStandInARow() {
    Heatmap pair = onlyHeatmap(row(CKA, A, 12, B, 12, 0.2), row(CKA, A, 3, B, 3, 0.3));
    Heatmap self = onlyHeatmap(row(CKA, A, 0, A, 0, 1), row(CKA, A, 1, A, 1, 1));

    assertThat(pair.rowLayers()).containsExactly(Heatmap.SAME_LAYER);
    assertThat(pair.columnLayers()).containsExactly("layer3", "layer12");
    assertThat(values(pair)).containsExactly(0.3, 0.2);
    assertThat(values(self)).containsExactly(1.0, 1.0);
    assertThat(pair.isOfSameLayers()).isTrue();
    assertThat(onlyHeatmap(row(CKA, A, 0, B, 0, 0.3)).isOfSameLayers()).isFalse();
  }

  @Test
  void anyOrderOfRowsGivesTheSameFindings() {
    List<SimilarityRow> rows = new ArrayList<>();
    for (MeasureColumns measure : List.of(PWCCA, CKA)) {
      rows.add(row(measure, A, 0, A, 0, 1));
      rows.add(row(measure, A, 0, B, 0, 0.3));
      rows.add(row(measure, A, 0, C, 0, 0.2));
      rows.add(row(measure, B, 0, C, 0, 0.1));
    }
    Findings expected = findings(4, rows);

    for (int seed = 0; seed < 10; seed++) {
      Collections.shuffle(rows, new Random(seed));
      assertThat(findings(4, rows)).isEqualTo(expected);
    }
    assertThat(expected.heatmaps())
        .extracting(map -> map.measure().metric() + " " + map.rows() + " x " + map.columns())
        .containsExactly(
            "cka a / benign x a / benign",
            "cka a / benign x b / benign",
            "cka b / benign x c / benign",
            "pwcca a / benign x a / benign",
            "pwcca a / benign x b / benign",
            "pwcca b / benign x c / benign");
    assertThat(expected.heatmapsLeftOut()).isEqualTo(2);
  }

  @Test
  void closestPairsAreKept() {
    List<SimilarityRow> rows = new ArrayList<>();
    for (CheckpointView a : List.of(A, B, C)) {
      for (CheckpointView b : List.of(A, B, C)) {
        if (a.checkpoint().compareTo(b.checkpoint()) <= 0) {
          rows.add(row(CKA, a, 0, b, 0, 0.5));
        }
      }
    }

    Findings findings = findings(5, rows);

    assertThat(findings.heatmaps())
        .extracting(map -> map.rows().checkpoint() + map.columns().checkpoint())
        .containsExactly("aa", "ab", "bb", "bc", "cc");
    assertThat(findings.heatmapsLeftOut()).isEqualTo(1);
  }

  @Test
  void deepNetworksLeaveRoomForFewerHeatmaps() {
    FindingsBuilder builder = new FindingsBuilder("sweep", List.of(A, B), 9);
    for (CheckpointView shown : List.of(B, A)) {
      for (int layer = 0; layer < 600; layer++) {
        builder.add(row(CKA, shown, layer, shown, 0, 1));
      }
    }

    Findings findings = builder.build();

    assertThat(findings.heatmaps()).extracting(Heatmap::rows).containsExactly(A);
    assertThat(findings.heatmapsLeftOut()).isEqualTo(1);
  }

  @Test
  void whatIsNotInTheOrderIsLeftOutAndCounted() {
    CheckpointView stranger = new CheckpointView("stranger", "benign");

    Findings findings =
        findings(9, List.of(row(CKA, A, 0, stranger, 0, 1), row(CKA, A, 0, stranger, 1, 1)));

    assertThat(findings.heatmaps()).isEmpty();
    assertThat(findings.heatmapsLeftOut()).isEqualTo(1);
  }

  @Test
  void theRestIsKeptInOrder() {
    Accuracy first = new Accuracy(A, 894, 1000);
    Accuracy second = new Accuracy(B, 769, 1000);
    Failure failure = new Failure("c / benign / batch 0", "extract", "no such file");

    Findings findings =
        new FindingsBuilder("sweep", List.of(A, B), 9)
            .add(second)
            .add(first)
            .add(failure)
            .tags("a", Map.of("epoch", "12"))
            .tags("b", Map.of())
            .provenance("seed", "0")
            .provenance("Spark", "4.1.0")
            .build();

    assertThat(findings.accuracies()).containsExactly(first, second);
    assertThat(first.fraction()).isEqualTo(0.894);
    assertThat(findings.failures()).containsExactly(failure);
    assertThat(findings.tags()).containsOnlyKeys("a");
    assertThat(findings.provenance().keySet()).containsExactly("seed", "Spark");
  }

  @Test
  void countsMustFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Accuracy(A, 3, 2))
        .withMessage("Invalid accuracy: 3 of 2 examples correct");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Heatmap(CKA, A, B, List.of("x"), List.of("y", "z"), List.of()))
        .withMessage("Invalid heatmap: 0 cells (must be 1 x 2)");
  }

  private static Heatmap onlyHeatmap(SimilarityRow... rows) {
    List<Heatmap> heatmaps = findings(9, List.of(rows)).heatmaps();
    assertThat(heatmaps).hasSize(1);
    return heatmaps.get(0);
  }

  private static Findings findings(int maxHeatmaps, List<SimilarityRow> rows) {
    FindingsBuilder builder = new FindingsBuilder("sweep", List.of(A, B, C), maxHeatmaps);
    rows.forEach(builder::add);
    return builder.build();
  }

  private static List<Double> values(Heatmap map) {
    return map.cells().stream().map(cell -> cell.value().orElseThrow()).toList();
  }

  private static SimilarityRow row(
      MeasureColumns measure, CheckpointView a, int i, CheckpointView b, int j, double value) {
    return new SimilarityRow(
        measure, site(a, i), site(b, j), MeasureValue.of(value, 0.01), 1000, 4);
  }

  private static Site site(CheckpointView shown, int position) {
    return new Site(shown.checkpoint(), shown.view(), "layer" + position, position);
  }
}
