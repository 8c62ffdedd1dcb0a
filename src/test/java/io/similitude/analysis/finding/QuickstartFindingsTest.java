package io.similitude.analysis.finding;

import static io.similitude.analysis.finding.ReferenceSweep.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.similitude.analysis.statistics.ReferenceSums;
import io.similitude.analysis.statistics.Replicated;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.table.Site;
import io.similitude.spec.FindingsSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What findings say of the quickstart's two networks, and of sweeps that lack something. */
final class QuickstartFindingsTest {
  private static final JsonNode EXPECTED = ReferenceSums.json("quickstart-expected.json");
  private static List<FindingRow> rows;

  @BeforeAll
  static void find() {
    rows = sweep().rows();
  }

  private static ReferenceSweep sweep() {
    return new ReferenceSweep(ReferenceSums.read("quickstart-sums.npz"))
        .tags("standard", Map.of("training", "standard"))
        .tags("robust", Map.of("training", "pgd-linf"))
        .view(new ComparedView("benign", null, null, null))
        .view(new ComparedView("linf", "pgd-linf", 16 / 255.0, null));
  }

  @ParameterizedTest
  @CsvSource({
    "standard, benign, ABSENT",
    "robust, benign, ABSENT",
    "standard, linf, PRESENT",
    "robust, linf, ABSENT"
  })
  void blocks(String checkpoint, String view, Decision decision) {
    String name = checkpoint + "/" + view + " ";
    FindingRow row = only(rows, "equal-lag-contrast", view, checkpoint, null);
    near(row, EXPECTED.get(name + "equal-lag contrast, found blocks"));
    assertThat(row.decision()).isEqualTo(decision);
    assertThat(row.threshold()).isEqualTo(0.2);
    assertThat(only(rows, "segments", view, checkpoint, null).value())
        .isEqualTo(EXPECTED.get(name + "n_0.8").asDouble());
  }

  @Test
  void theBorderUnderAttackIsInEveryReplicate() {
    FindingRow border = only(rows, "border-agreement", "linf", "standard", null);
    assertThat(border.layer()).isEqualTo("block3.layer.1.bn1");
    assertThat(border.value()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"benign", "linf"})
  void theDifferenceHasTheErrorOfAPair(String view) {
    FindingRow row = only(rows, "long-range-difference", view, "robust", "standard");
    near(row, EXPECTED.get("robust - standard /" + view + " long range"));
    assertThat(row.errorNetworks()).isNull();
    assertThat(row.detail()).contains("this does not hold for other runs");
  }

  @ParameterizedTest
  @CsvSource({"standard", "robust"})
  void sensitivity(String checkpoint) {
    near(
        only(rows, "slope", "benign", checkpoint, null),
        EXPECTED.get(checkpoint + " sensitivity slope over depth"));
    near(
        only(rows, "mean-loss", "benign", checkpoint, null),
        EXPECTED.get(checkpoint + " sensitivity mean"));
    near(
        only(rows, "early-loss", "benign", checkpoint, null),
        EXPECTED.get(checkpoint + " sensitivity first third"));
    near(
        only(rows, "deep-loss", "benign", checkpoint, null),
        EXPECTED.get(checkpoint + " sensitivity last third"));
    JsonNode first = EXPECTED.get(checkpoint + " first layer over 0.05");
    FindingRow row = only(rows, "first-changed-layer", "benign", checkpoint, null);
    assertThat(row.layer()).isEqualTo(first.isNull() ? null : first.asText());
  }

  @ParameterizedTest
  @CsvSource({"benign", "linf"})
  void correspondence(String view) {
    assertThat(only(rows, "identification", view, "standard", "robust").value())
        .isEqualTo(EXPECTED.get("identification standard->robust " + view).get(0).asDouble());
    assertThat(only(rows, "identification", view, "robust", "standard").value())
        .isEqualTo(EXPECTED.get("identification robust->standard " + view).get(0).asDouble());
    assertThat(only(rows, "stable-matches", view, null, null).value())
        .isCloseTo(EXPECTED.get("argmax stable " + view).asDouble(), within(1e-12));
    assertThat(only(rows, "alignment", view, null, null).value())
        .isCloseTo(EXPECTED.get("alignment " + view).get("mean").asDouble(), within(1e-10));
  }

  @Test
  void missingPairsAreSaid() {
    SweepView sweep =
        sweep()
            .view(
                cell ->
                    cell.a().layer().equals("conv1") && cell.b().layer().equals("fc")
                        ? new Cell(cell.a(), cell.b(), Status.NOT_COMPARED, null)
                        : cell);
    FindingRow row =
        only(FindingKinds.find(sweep).rows(), "equal-lag-contrast", "benign", "standard", null);
    assertThat(row.status()).isEqualTo(FindingStatus.MISSING_PAIRS);
    assertThat(row.value()).isNull();
    assertThat(row.decision()).isEqualTo(Decision.UNDECIDED);
  }

  @Test
  void constantLayersAreDroppedAndCounted() {
    SweepView sweep =
        sweep()
            .view(
                cell ->
                    isConstant(cell.a()) || isConstant(cell.b())
                        ? new Cell(cell.a(), cell.b(), Status.CONSTANT_LAYER, null)
                        : cell);
    FindingRow row =
        only(FindingKinds.find(sweep).rows(), "equal-lag-contrast", "linf", "standard", null);
    assertThat(row.status()).isEqualTo(FindingStatus.OK);
    assertThat(row.detail()).endsWith("constant layers left out: 1");
  }

  private static boolean isConstant(Site site) {
    return site.layer().equals("block1.layer.0.bn1");
  }

  @Test
  void oneBatchDecidesNothing() {
    SweepView sweep =
        sweep()
            .view(
                cell ->
                    new Cell(cell.a(), cell.b(), Status.OK, Replicated.of(cell.value().value())));
    FindingRow row =
        only(FindingKinds.find(sweep).rows(), "equal-lag-contrast", "linf", "standard", null);
    assertThat(row.status()).isEqualTo(FindingStatus.ONE_BATCH);
    assertThat(row.decision()).isEqualTo(Decision.UNDECIDED);
    assertThat(row.errorExamples()).isNull();
  }

  @Test
  void oneNetworkTwiceIsADuplicate() {
    ReferenceSums sums = ReferenceSums.read("quickstart-sums.npz");
    SweepView two = sweep().view(cell -> cell);
    SweepView twice =
        sweep()
            .view(
                cell ->
                    cell.a().checkpoint().equals(cell.b().checkpoint())
                        ? cell
                        : new Cell(cell.a(), cell.b(), Status.OK, one(sums.groups())));
    assertThat(FindingKinds.find(two).rows())
        .noneMatch(it -> it.status() == FindingStatus.DUPLICATE);
    FindingRow row =
        only(FindingKinds.find(twice).rows(), "duplicate", "benign", "standard", "robust");
    assertThat(row.status()).isEqualTo(FindingStatus.DUPLICATE);
    assertThat(row.value()).isZero();
  }

  private static Replicated one(int groups) {
    double[] ones = new double[groups];
    Arrays.fill(ones, 1);
    return Replicated.of(1, ones);
  }

  @Test
  void oneValueOfATagIsOneGroup() {
    List<FindingRow> found =
        sweep()
            .tags("robust", Map.of("training", "standard"))
            .settings(
                new FindingsSpec(
                    true,
                    List.of("training"),
                    "run",
                    Optional.empty(),
                    Map.of(),
                    List.of(),
                    Optional.empty(),
                    FindingsSpec.Blocks.USUAL,
                    99,
                    Optional.empty(),
                    Optional.empty()))
            .rows();
    assertThat(only(found, "explained", "benign", null, null).status())
        .isEqualTo(FindingStatus.ONE_GROUP);
  }

  @Test
  void summariesTravel() throws Exception {
    SweepView sweep = sweep().view(cell -> cell);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sweep.squares().get(0));
      out.writeObject(sweep.matched().get(0));
      out.writeObject(sweep.crossed().get(0));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(((SquareSummary) in.readObject()).ranges().keySet())
          .isEqualTo(sweep.squares().get(0).ranges().keySet());
      assertThat(((MatchedSummary) in.readObject()).distance().value())
          .isEqualTo(sweep.matched().get(0).distance().value());
      assertThat(((CrossSummary) in.readObject()).forward())
          .isEqualTo(sweep.crossed().get(0).forward());
    }
  }

  private static void near(FindingRow row, JsonNode expected) {
    assertThat(row.value()).isCloseTo(expected.get(0).asDouble(), within(1e-10));
    assertThat(row.errorExamples()).isCloseTo(expected.get(1).asDouble(), within(1e-10));
  }
}
