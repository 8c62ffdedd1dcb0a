package io.similitude.analysis.finding;

import static io.similitude.analysis.finding.ReferenceSweep.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.statistics.InfluenceSums;
import io.similitude.analysis.statistics.ReferenceSums;
import io.similitude.analysis.statistics.Replicated;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.table.Site;
import io.similitude.spec.FindingsSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the data do not carry has a status that says why. */
final class FindingStatusTest {
  private static final int EXAMPLES = 12;
  private static final CheckpointView NETWORK = new CheckpointView("a", "benign");

  @Test
  void theWordOfEachStatusIsReadAgain() {
    for (FindingStatus status : FindingStatus.values()) {
      assertThat(FindingStatus.labelled(status.label())).isEqualTo(status);
    }
    for (Decision decision : Decision.values()) {
      assertThat(Decision.labelled(decision.label())).isEqualTo(decision);
    }
  }

  @Test
  void constantLayersAreLeftOutAndCounted() {
    List<FindingRow> rows =
        rows(
            cell ->
                isOf(cell.a(), "conv1") || isOf(cell.b(), "conv1")
                    ? new Cell(cell.a(), cell.b(), Status.CONSTANT_LAYER, null)
                    : cell);
    FindingRow row = only(rows, "equal-lag-contrast", "linf", "standard", null);
    assertThat(row.status()).isEqualTo(FindingStatus.OK);
    assertThat(row.decision()).isEqualTo(Decision.PRESENT);
    assertThat(row.detail()).endsWith("; constant layers left out: 1");
  }

  @Test
  void aMissingPairLeavesItsSquareUndecided() {
    List<FindingRow> rows =
        rows(
            cell ->
                isOf(cell.a(), "conv1") && isOf(cell.b(), "fc")
                    ? new Cell(cell.a(), cell.b(), Status.NOT_COMPARED, null)
                    : cell);
    FindingRow blocks = only(rows, "equal-lag-contrast", "linf", "standard", null);
    assertThat(blocks.status()).isEqualTo(FindingStatus.MISSING_PAIRS);
    assertThat(blocks.decision()).isEqualTo(Decision.UNDECIDED);
    assertThat(only(rows, "long-range", "linf", "standard", null).status())
        .isEqualTo(FindingStatus.MISSING_PAIRS);
  }

  @Test
  void networksWithoutACommonLayerHaveNoDistance() {
    List<FindingRow> rows =
        rows(cell -> new Cell(renamed(cell.a()), renamed(cell.b()), cell.status(), cell.value()));
    assertThat(only(rows, "distance", "benign", "standard", "robust").status())
        .isEqualTo(FindingStatus.NO_MATCHED_LAYERS);
    assertThat(rows).noneMatch(row -> row.statistic().equals("identification"));
  }

  @Test
  void anAttackThatChangesNoLayerReachesNoThreshold() {
    FindingRow row =
        only(ReferenceSweep.quickstart().rows(), "first-changed-layer", "benign", "robust", null);
    assertThat(row.status()).isEqualTo(FindingStatus.NOT_REACHED);
    assertThat(row.layer()).isNull();
  }

  @Test
  void fourSharedSeedsHaveNoTestAndFourOfTheirOwnHaveOne() {
    List<FindingRow> shared = fourRunsEach(i -> i % 4);
    List<FindingRow> own = fourRunsEach(i -> i);
    for (String statistic : List.of("separation", "long-range-difference")) {
      FindingRow untested = tagged(shared, statistic);
      assertThat(untested.status()).isEqualTo(FindingStatus.TOO_FEW_RUNS);
      assertThat(untested.value()).isNotNull();
      assertThat(untested.pValue()).isNull();
      FindingRow tested = tagged(own, statistic);
      assertThat(tested.status()).isEqualTo(FindingStatus.OK);
      assertThat(tested.pValue()).isBetween(2 / 70.0, 1.0);
      assertThat(tested.relabellings()).isEqualTo(70);
    }
  }

  private static FindingRow tagged(List<FindingRow> rows, String statistic) {
    return only(rows.stream().filter(it -> it.tag() != null).toList(), statistic, null, null, null);
  }

  private static List<FindingRow> fourRunsEach(IntUnaryOperator seed) {
    ReferenceSums sums = ReferenceSums.read("zoo-sums.npz");
    ReferenceSweep sweep =
        new ReferenceSweep(sums).view(new ComparedView("benign", null, null, null));
    for (int i = 0; i < 8; i++) {
      String training = i < 4 ? "b" : "a";
      sweep.tags(
          sums.checkpoints().get(i),
          Map.of("training", training, "seed", Integer.toString(seed.applyAsInt(i))));
    }
    return sweep.rows();
  }

  @Test
  void fewLayersHaveNeitherBlocksNorRanges() {
    SquareSummary square = square(5, (i, j) -> 0.9);
    assertThat(square.status()).isEqualTo(FindingStatus.TOO_FEW_LAYERS);
  }

  @Test
  void unrelatedLayersNeedTooManySegments() {
    FindingResults found = new FindingResults();
    SweepView sweep = sweep(List.of(square(43, (i, j) -> 0)), List.of(), List.of());
    new BlockStructure().find(sweep, found);
    FindingRow segments = only(found.rows(), "segments", "benign", "a", null);
    assertThat(segments.status()).isEqualTo(FindingStatus.TOO_MANY_SEGMENTS);
    assertThat(segments.value()).isNull();
    FindingRow contrast = only(found.rows(), "equal-lag-contrast", "benign", "a", null);
    assertThat(contrast.decision()).isEqualTo(Decision.UNDECIDED);
  }

  @Test
  void whereAllOrNoneAreFooledOrNobodyKnowsThereIsNoArea() {
    boolean[] all = new boolean[EXAMPLES];
    boolean[] none = new boolean[EXAMPLES];
    Arrays.fill(all, true);
    assertThat(area(0.5f, all, all)).isEqualTo(FindingStatus.ALL_FOOLED);
    assertThat(area(0.5f, all, none)).isEqualTo(FindingStatus.NONE_FOOLED);
    assertThat(area(0.5f, none, none)).isEqualTo(FindingStatus.NONE_FOOLED);
    assertThat(area(0.5f, null, null)).isEqualTo(FindingStatus.NO_LABELS);
    boolean[] half = all.clone();
    Arrays.fill(half, 0, 6, false);
    assertThat(area(0.5f, all, half)).isEqualTo(FindingStatus.OK);
  }

  @Test
  void anAttackWithoutEffectHasNoLossToShareOut() {
    InfluenceSummary layer = influence(0, null, null);
    assertThat(layer.status()).isEqualTo(FindingStatus.NO_LOSS);
    FindingResults found = new FindingResults();
    new Attribution().find(sweep(List.of(), List.of(), List.of(layer)), found);
    assertThat(found.rows())
        .singleElement()
        .satisfies(row -> assertThat(row.status()).isEqualTo(FindingStatus.NO_LOSS));
  }

  @Test
  void overfittingSaysWhatItLacks() {
    List<ComparedView> both =
        List.of(
            new ComparedView("benign", null, null, null),
            new ComparedView("train", null, null, ComparedView.TRAINING));
    assertThat(overfitting(both, List.of())).isEqualTo(FindingStatus.NO_LABELS);
    LabelSummary labels =
        new LabelSummary(
            ReferenceSweep.CKA, "a", "benign", List.of("fc"), List.of(Replicated.of(0.5)));
    assertThat(overfitting(both.subList(0, 1), List.of(labels)))
        .isEqualTo(FindingStatus.NO_TRAINING_DATA);
  }

  @Test
  void whatTheSpecDroppedIsNotShown() {
    SweepFindings found = ReferenceSweep.quickstart().found();
    SweepFindings left = found.only(Set.of("standard"), Set.of("benign"));
    assertThat(left.rows())
        .isNotEmpty()
        .allMatch(row -> "standard".equals(row.a()) || row.a() == null)
        .noneMatch(row -> "robust".equals(row.b()))
        .noneMatch(row -> "linf".equals(row.view()) || "linf".equals(row.otherView()));
    assertThat(left.curves()).isNotEmpty().allMatch(it -> it.of().equals("standard"));
    assertThat(found.only(Set.of("standard", "robust"), Set.of("benign", "linf"))).isEqualTo(found);
    assertThat(Sentences.of(left.rows(), 1000))
        .isNotEmpty()
        .noneMatch(it -> it.text().contains("robust") && it.isDecided());
  }

  private static FindingStatus overfitting(List<ComparedView> views, List<LabelSummary> labels) {
    FindingResults found = new FindingResults();
    new Overfitting()
        .find(
            new SweepView(
                FindingsSpec.ALL,
                0,
                List.of(new ComparedNetwork("a", "a", Map.of())),
                views,
                List.of(square(8, (i, j) -> 0.9)),
                List.of(),
                List.of(),
                labels,
                List.of(),
                List.of()),
            found);
    return only(found.rows(), "labels-slope", "benign", null, null).status();
  }

  private static List<FindingRow> rows(UnaryOperator<Cell> changed) {
    return FindingKinds.find(ReferenceSweep.quickstart().view(changed)).rows();
  }

  private static boolean isOf(Site site, String layer) {
    return site.layer().equals(layer);
  }

  private static Site renamed(Site site) {
    String prefix = site.checkpoint().equals("robust") ? "other." : "";
    return new Site(site.checkpoint(), site.view(), prefix + site.layer(), site.position());
  }

  private static FindingStatus area(float change, boolean[] right, boolean[] fooled) {
    InfluenceSummary layer = influence(change, right, fooled);
    assertThat(layer.area() == null).isEqualTo(layer.status() != FindingStatus.OK);
    return layer.status();
  }

  /** Of a random Gram matrix and the same with something random added. */
  private static InfluenceSummary influence(float change, boolean[] right, boolean[] fooled) {
    Random random = new Random(1);
    int length = EXAMPLES * (EXAMPLES - 1) / 2;
    float[] a = new float[length];
    float[] b = new float[length];
    for (int k = 0; k < length; k++) {
      a[k] = (float) random.nextGaussian();
      b[k] = a[k] + change * (float) random.nextGaussian();
    }
    InfluenceSums sums = new InfluenceSums(0);
    sums.add(a, b, EXAMPLES, null);
    return InfluenceSummary.of(
        new InfluenceSummary.Layer(ReferenceSweep.CKA, "a", "benign", "linf", "fc", 0, true),
        sums,
        LongStream.range(0, EXAMPLES).boxed().toList(),
        null,
        right,
        fooled);
  }

  private static SweepView sweep(
      List<SquareSummary> squares,
      List<MatchedSummary> matched,
      List<InfluenceSummary> influences) {
    return new SweepView(
        FindingsSpec.ALL,
        0,
        List.of(new ComparedNetwork("a", "a", Map.of())),
        List.of(new ComparedView("benign", null, null, null)),
        squares,
        matched,
        List.of(),
        List.of(),
        influences,
        List.of());
  }

  /** The similarity of two layers. */
  private interface Similarity {
    double of(int i, int j);
  }

  private static SquareSummary square(int layers, Similarity similarity) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < layers; i++) {
      for (int j = i; j < layers; j++) {
        double value = i == j ? 1 : similarity.of(i, j);
        cells.add(new Cell(site(i), site(j), Status.OK, Replicated.of(value, value, value, value)));
      }
    }
    return SquareSummary.of(ReferenceSweep.CKA, NETWORK, cells, FindingsSpec.ALL);
  }

  private static Site site(int layer) {
    return new Site("a", "benign", "layer" + layer, layer);
  }
}
