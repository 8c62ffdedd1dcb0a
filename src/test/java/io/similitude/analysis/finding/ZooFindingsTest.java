package io.similitude.analysis.finding;

import static io.similitude.analysis.finding.ReferenceSweep.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.similitude.analysis.statistics.EqualLagContrast;
import io.similitude.analysis.statistics.Permanova;
import io.similitude.analysis.statistics.PermutationTest;
import io.similitude.analysis.statistics.ReferenceSums;
import io.similitude.analysis.statistics.Replicated;
import io.similitude.analysis.statistics.Segmentation;
import io.similitude.spec.FindingsSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nine networks, three seeds of three trainings: zoo_groups.py and seeds.py (numpy 1.24). */
final class ZooFindingsTest {
  private static final ReferenceSums SUMS = ReferenceSums.read("zoo-sums.npz");
  private static final JsonNode EXPECTED = ReferenceSums.json("zoo-expected.json");
  private static final JsonNode SEEDS = ReferenceSums.json("zoo-seeds.json");

  private static List<FindingRow> free;
  private static List<FindingRow> bySeed;

  @BeforeAll
  static void find() {
    free = sweep(Optional.empty()).rows();
    bySeed = sweep(Optional.of("seed")).rows();
  }

  private static ReferenceSweep sweep(Optional<String> block) {
    ReferenceSweep sweep = new ReferenceSweep(SUMS);
    for (String id : SUMS.checkpoints()) {
      String training = id.split("-")[0];
      sweep.tags(
          id,
          Map.of(
              "training",
              training,
              "seed",
              id.split("-")[1],
              "robust",
              Boolean.toString(!training.equals("standard"))));
    }
    FindingsSpec all = FindingsSpec.ALL;
    return sweep
        .view(new ComparedView("benign", null, null, null))
        .settings(
            new FindingsSpec(
                true,
                List.of("training", "robust"),
                all.unit(),
                block,
                Map.of("training", "standard", "robust", "false"),
                all.order(),
                all.train(),
                new FindingsSpec.Blocks(0.8, 0.2, 2),
                all.permutations(),
                all.correspondence(),
                all.grams()));
  }

  @Test
  void longRangesOfNetworks() {
    for (String id : SUMS.checkpoints()) {
      near(only(free, "long-range", "benign", id, null), EXPECTED.get("long range").get(id));
      near(only(free, "mean-similarity", "benign", id, null), EXPECTED.get("mean").get(id));
      contrast(id);
      assertThat(only(free, "segments", "benign", id, null).value()).isEqualTo(1);
    }
  }

  /** zoo_groups.py looks for the borders of each replicate anew; the table keeps those found. */
  private static void contrast(String id) {
    JsonNode expected = EXPECTED.get("equal-lag found").get(id);
    assertThat(only(free, "equal-lag-contrast", "benign", id, null).value())
        .isCloseTo(expected.get(0).asDouble(), within(1e-10));
    Replicated searched =
        SUMS.square(id, "benign")
            .evaluate(
                it -> {
                  Segmentation segments = Segmentation.of(it, Blocks.MOST, 2);
                  int found = Math.max(2, segments.least(0.8).orElseThrow());
                  return EqualLagContrast.of(it, segments.borders(found)).orElseThrow();
                });
    assertThat(searched.error().orElseThrow()).isCloseTo(expected.get(1).asDouble(), within(1e-10));
  }

  @Test
  void robustAgainstStandardHasTheErrorOverSeeds() {
    FindingRow row = only(free, "long-range-difference", null, "robust=true", "robust=false");
    JsonNode expected = EXPECTED.get("long range robust - standard");
    assertThat(row.value()).isCloseTo(expected.get("difference").asDouble(), within(1e-10));
    assertThat(row.errorNetworks()).isCloseTo(expected.get("se_seeds").asDouble(), within(1e-10));
    assertThat(row.errorExamples()).isLessThan(row.errorNetworks());
    assertThat(row.status()).isEqualTo(FindingStatus.TOO_FEW_RUNS);
    assertThat(row.pValue()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "standard, standard",
    "standard, linf",
    "standard, l2",
    "linf, linf",
    "linf, l2",
    "l2, l2"
  })
  void groupTable(String a, String b) {
    FindingRow row = only(free, "similarity", null, "training=" + a, "training=" + b);
    JsonNode expected = EXPECTED.get("groups").get(a + " - " + b);
    assertThat(row.value()).isCloseTo(expected.get("mean").asDouble(), within(1e-10));
    assertThat(row.errorExamples())
        .isCloseTo(expected.get("se_examples").asDouble(), within(1e-10));
    assertThat(row.errorNetworks())
        .isCloseTo(expected.get("se_networks").asDouble(), within(1e-10));
    near(
        only(bySeed, "similarity", null, "training=" + a, "training=" + b),
        SEEDS.get(a + " - " + b + ", different seed"));
  }

  @ParameterizedTest
  @CsvSource({"standard, linf", "standard, l2", "linf, l2"})
  void separation(String a, String b) {
    FindingRow row = only(free, "separation", null, "training=" + a, "training=" + b);
    JsonNode expected = EXPECTED.get("separation " + a + " / " + b);
    assertThat(row.value())
        .isCloseTo(expected.get("within_minus_between").asDouble(), within(1e-10));
    assertThat(row.status()).isEqualTo(FindingStatus.TOO_FEW_RUNS);
    near(
        only(bySeed, "separation", null, "training=" + a, "training=" + b),
        SEEDS.get("separation " + a + " / " + b + ", different seeds"));
  }

  @Test
  void robustNetworksAreCloserToEachOtherThanToStandardOnes() {
    near(
        only(free, "closeness", null, "training=linf", "training=l2"),
        EXPECTED.get("robust pair - mixed pair"));
  }

  @Test
  void trainingExplainsHalfOfTheSquaredDistances() {
    FindingRow row =
        free.stream()
            .filter(it -> it.statistic().equals("explained") && it.tag().equals("training"))
            .findFirst()
            .orElseThrow();
    assertThat(row.value())
        .isCloseTo(EXPECTED.get("permanova training").get("r2").asDouble(), within(1e-10));
    assertThat(row.detail()).isEqualTo("pseudo-F 3.224");
    assertThat(row.status()).isEqualTo(FindingStatus.TOO_FEW_RUNS);
  }

  /** The test itself, which three runs a group are too few for in a table. */
  @Test
  void theTestOfTrainingIsThatOfNumpy() {
    double[][] distances = ReferenceSums.matrix(EXPECTED.get("distance"));
    int[] labels = {0, 0, 0, 1, 1, 1, 2, 2, 2};
    Permanova permanova = new Permanova(distances);
    PermutationTest test = PermutationTest.of(labels, new int[9], permanova::pseudoF, 9999, 0);
    JsonNode expected = EXPECTED.get("permanova training");
    assertThat(test.statistic()).isCloseTo(expected.get("f").asDouble(), within(1e-10));
    assertThat(test.p()).isCloseTo(expected.get("p").asDouble(), within(1e-12));
    assertThat(test.relabellings()).isEqualTo(expected.get("relabellings").asLong());
  }

  @Test
  void map() {
    JsonNode map = EXPECTED.get("map");
    assertThat(only(free, "stress", null, null, null).value())
        .isCloseTo(map.get("stress1").asDouble(), within(1e-10));
    assertThat(only(free, "map-share", null, null, null).value())
        .isCloseTo(map.get("share").asDouble(), within(1e-10));
    assertThat(only(free, "cophenetic-correlation", null, null, null).value())
        .isCloseTo(map.get("cophenetic").asDouble(), within(1e-10));
    List<FindingRow> clades =
        free.stream().filter(it -> it.statistic().equals("clade-height")).toList();
    assertThat(clades).hasSize(8).allMatch(it -> it.detail().endsWith("(in 4 of 4 replicates)"));
    assertThat(clades).anyMatch(it -> it.detail().equals("linf-s0, l2-s0 (in 4 of 4 replicates)"));
    List<FindingRow> neighbours =
        free.stream().filter(it -> it.statistic().equals("nearest-neighbour")).toList();
    assertThat(neighbours).hasSize(9).allMatch(it -> it.detail().equals("in 4 of 4 replicates"));
  }

  @Test
  void distances() {
    JsonNode expected = EXPECTED.get("distance");
    List<String> ids = SUMS.checkpoints();
    for (int i = 0; i < ids.size(); i++) {
      for (int j = i + 1; j < ids.size(); j++) {
        FindingRow row =
            free.stream()
                .filter(it -> it.statistic().equals("distance"))
                .filter(pair(ids.get(i), ids.get(j)))
                .findFirst()
                .orElseThrow();
        assertThat(row.value()).isCloseTo(expected.get(i).get(j).asDouble(), within(1e-10));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"standard, linf", "linf, l2", "l2, l2"})
  void identification(String a, String b) {
    double mean =
        free.stream()
            .filter(it -> it.statistic().equals("identification"))
            .filter(it -> it.a().startsWith(a + "-") && it.b().startsWith(b + "-"))
            .mapToDouble(FindingRow::value)
            .average()
            .orElseThrow();
    assertThat(mean)
        .isCloseTo(EXPECTED.get("identification").get(a + " -> " + b).asDouble(), within(1e-10));
  }

  @Test
  void threeRunsAGroupHaveNoTest() {
    assertThat(free).filteredOn(it -> it.pValue() != null).isEmpty();
    assertThat(free)
        .filteredOn(it -> it.value() == null)
        .allMatch(it -> it.status() != FindingStatus.OK);
  }

  private static Predicate<FindingRow> pair(String a, String b) {
    return it -> it.a().equals(a) && it.b().equals(b);
  }

  private static void near(FindingRow row, JsonNode expected) {
    assertThat(row.value()).isCloseTo(expected.get(0).asDouble(), within(1e-10));
    assertThat(row.errorExamples()).isCloseTo(expected.get(1).asDouble(), within(1e-10));
  }
}
