package io.similitude.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.similitude.analysis.statistics.AverageLinkage.Merge;
import io.similitude.analysis.statistics.MonotoneAlignment.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against numpy 1.24 and known cases; generate.py has the numbers. */
final class StatisticsTest {
  private static final JsonNode SMALL = ReferenceSums.json("small.json");
  private static final double[][] DISTANCES = ReferenceSums.matrix(SMALL.get("distances"));

  @Test
  void pointsOfAPlaneKeepTheirDistances() {
    double[][] planar = ReferenceSums.matrix(SMALL.get("planar"));
    ClassicalScaling scaling = ClassicalScaling.of(planar);
    assertThat(scaling.stress()).isLessThan(1e-12);
    assertThat(scaling.share()).isCloseTo(1, within(1e-12));
    double[][] points = scaling.points();
    assertThat(Math.hypot(points[0][0] - points[5][0], points[0][1] - points[5][1]))
        .isCloseTo(planar[0][5], within(1e-13));
  }

  @Test
  void scalingIsThatOfNumpy() {
    ClassicalScaling scaling = ClassicalScaling.of(DISTANCES);
    assertThat(scaling.stress()).isCloseTo(SMALL.get("stress").asDouble(), within(1e-12));
    assertThat(scaling.share()).isCloseTo(SMALL.get("share").asDouble(), within(1e-12));
    assertThat(scaling.negative()).isCloseTo(0, within(1e-12));
    double[][] expected = ReferenceSums.matrix(SMALL.get("points"));
    for (int i = 0; i < expected.length; i++) {
      assertThat(scaling.points()[i]).containsExactly(expected[i], within(1e-12));
    }
  }

  @Test
  void aTurnedOrMirroredMapIsTheSameMap() {
    double[][] points = ReferenceSums.matrix(SMALL.get("points"));
    for (int mirror : new int[] {1, -1}) {
      double[][] moved = new double[points.length][];
      for (int i = 0; i < points.length; i++) {
        double x = points[i][0];
        double y = mirror * points[i][1];
        moved[i] = new double[] {0.6 * x - 0.8 * y, 0.8 * x + 0.6 * y};
      }
      double[][] back = Rotation.turned(moved, points);
      for (int i = 0; i < points.length; i++) {
        assertThat(back[i]).containsExactly(points[i], within(1e-13));
      }
    }
  }

  @Test
  void theTreeIsThatOfNumpy() {
    AverageLinkage tree = AverageLinkage.of(DISTANCES);
    for (int m = 0; m < tree.merges().size(); m++) {
      Merge merge = tree.merges().get(m);
      JsonNode expected = SMALL.get("merges").get(m);
      assertThat(merge.members().stream().mapToDouble(it -> it).toArray())
          .isEqualTo(ReferenceSums.numbers(expected.get(0)));
      assertThat(merge.height()).isCloseTo(expected.get(1).asDouble(), within(1e-13));
    }
    assertThat(tree.copheneticCorrelation(DISTANCES).orElseThrow())
        .isCloseTo(SMALL.get("cophenetic").asDouble(), within(1e-12));
  }

  @Test
  void theTreeOfAnUltrametricIsTheUltrametric() {
    double[][] distances = {{0, 1, 4, 4}, {1, 0, 4, 4}, {4, 4, 0, 2}, {4, 4, 2, 0}};
    AverageLinkage tree = AverageLinkage.of(distances);
    assertThat(tree.merges())
        .containsExactly(
            new Merge(List.of(0, 1), 1),
            new Merge(List.of(2, 3), 2),
            new Merge(List.of(0, 1, 2, 3), 4));
    assertThat(tree.copheneticCorrelation(distances).orElseThrow()).isCloseTo(1, within(1e-12));
    double[][] pair = {{0, 1}, {1, 0}};
    assertThat(AverageLinkage.of(pair).copheneticCorrelation(pair)).isEmpty();
  }

  @Test
  void analysisOfVarianceOfDistancesIsThatOfNumpy() {
    int[] groups = IntStream.range(0, 7).map(i -> SMALL.get("groups").get(i).asInt()).toArray();
    Permanova permanova = new Permanova(DISTANCES);
    assertThat(permanova.pseudoF(groups)).isCloseTo(SMALL.get("f").asDouble(), within(1e-12));
    assertThat(permanova.explained(groups)).isCloseTo(SMALL.get("r2").asDouble(), within(1e-12));
    assertThat(permanova.dispersions(groups))
        .containsExactly(ReferenceSums.numbers(SMALL.get("dispersions")), within(1e-12));
    // scipy.stats.f_oneway([1, 2, 4], [3, 7, 8, 9]) of SciPy 1.17
    assertThat(
            Permanova.analysisOfVariance(
                new double[] {1, 2, 4, 3, 7, 8, 9}, new int[] {0, 0, 0, 1, 1, 1, 1}))
        .isCloseTo(6.578454332552694, within(1e-12));
  }

  @Test
  void theAlignmentIsThatOfNumpy() {
    double[][] rectangle = ReferenceSums.matrix(SMALL.get("rectangle"));
    MonotoneAlignment alignment = MonotoneAlignment.of(rectangle);
    List<Cell> expected = new ArrayList<>();
    SMALL.get("path").forEach(it -> expected.add(new Cell(it.get(0).asInt(), it.get(1).asInt())));
    assertThat(alignment.path()).isEqualTo(expected);
    assertThat(alignment.mean()).isCloseTo(SMALL.get("mean").asDouble(), within(1e-12));
    assertThat(alignment.agreement(alignment)).isEqualTo(1);
  }

  @Test
  void aWarpedChainIsFollowed() {
    double[][] similarities = new double[20][33];
    double[] a = IntStream.range(0, 20).mapToDouble(i -> i / 19.0).toArray();
    double[] b = IntStream.range(0, 33).mapToDouble(i -> i / 32.0 * i / 32.0).toArray();
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < 33; j++) {
        similarities[i][j] = Math.exp(-4 * Math.abs(a[i] - b[j]));
      }
    }
    MonotoneAlignment alignment = MonotoneAlignment.of(similarities);
    JsonNode expected = ReferenceSums.json("synthetic2.json").get("alignment of a warped chain");
    assertThat(alignment.mean()).isCloseTo(expected.get("mean").asDouble(), within(1e-12));
    double largest =
        alignment.path().stream()
            .mapToDouble(cell -> Math.abs(a[cell.row()] - b[cell.column()]))
            .max()
            .orElseThrow();
    assertThat(largest).isCloseTo(expected.get("largest_error").asDouble(), within(1e-12));
  }

  @Test
  void identificationCountsOwnAndNeighbouringLayers() {
    double[][] own = new double[12][12];
    double[][] next = new double[12][12];
    for (int i = 0; i < 12; i++) {
      own[i][i] = 1;
      next[i][(i + 1) % 12] = 1;
    }
    assertThat(Identification.of(own)).isEqualTo(new Identification(1, 1));
    assertThat(Identification.of(next)).isEqualTo(new Identification(0, 11 / 12.0));
  }

  @Test
  void slopesAndCorrelations() {
    assertThat(Regression.overDepth(new double[] {1, 2, 3})).isCloseTo(2, within(1e-15));
    assertThat(Regression.slope(new double[] {1, 1}, new double[] {1, 2})).isEmpty();
    double[] x = {1, 2, 3, 4};
    assertThat(Regression.rankCorrelation(x, new double[] {1, 8, 27, 64}).orElseThrow())
        .isCloseTo(1, within(1e-15));
    // scipy.stats.spearmanr([1, 2, 3, 4], [2, 1, 4, 4]) of SciPy 1.17
    assertThat(Regression.rankCorrelation(x, new double[] {2, 1, 4, 4}).orElseThrow())
        .isCloseTo(0.7378647873726218, within(1e-14));
    assertThat(Regression.correlation(x, new double[4])).isEmpty();
  }

  @Test
  void differencesOfRunsHaveWelchsError() {
    // scipy.stats.ttest_ind(a, b, equal_var=False) of SciPy 1.17
    RunError error = RunError.welch(new double[] {1, 2, 3, 4}, new double[] {4, 5, 6, 4.5, 4});
    assertThat(error.difference()).isCloseTo(-2.2, within(1e-14));
    assertThat(error.difference() / error.error()).isCloseTo(-2.948662540617884, within(1e-12));
    assertThat(error.degreesOfFreedom()).isCloseTo(4.93668869483125, within(1e-12));
    assertThat(RunError.ofMean(new double[] {1})).isEmpty();
  }

  @Test
  void relabellingsAreAllTriedWhereTheyAreFew() {
    PermutationTest test =
        PermutationTest.of(
            new int[] {0, 0, 0, 1, 1, 1},
            new int[6],
            labels -> Math.abs(sum(labels, 1) - sum(labels, 0)),
            99,
            0);
    assertThat(test.relabellings()).isEqualTo(20);
    assertThat(test.isExact()).isTrue();
    assertThat(test.p()).isEqualTo(0.1);
  }

  @Test
  void theLeastPIsThatOfExchangedNames() {
    int[] four = {0, 0, 0, 0, 1, 1, 1, 1};
    assertThat(PermutationTest.leastP(four, new int[8])).isEqualTo(2 / 70.0);
    assertThat(PermutationTest.leastP(four, new int[] {0, 1, 2, 3, 0, 1, 2, 3}))
        .isEqualTo(2 / 16.0);
    assertThat(PermutationTest.leastP(new int[] {0, 0, 0, 1, 1, 1}, new int[6])).isEqualTo(0.1);
    assertThat(PermutationTest.leastP(new int[] {0, 0, 0, 0, 1, 1, 1, 1, 1}, new int[9]))
        .isEqualTo(1 / 126.0);
    assertThat(PermutationTest.leastP(new int[] {0, 1, 2, 0, 1, 2}, new int[] {0, 0, 0, 1, 1, 1}))
        .isEqualTo(6 / 36.0);
  }

  @Test
  void labelsStayInTheirBlocks() {
    int[] labels = {0, 1, 0, 1, 0, 1};
    int[] blocks = {0, 0, 1, 1, 2, 2};
    assertThat(PermutationTest.relabellings(labels, blocks)).isEqualTo(8);
    PermutationTest test =
        PermutationTest.of(
            labels,
            blocks,
            it -> {
              for (int i = 0; i < 6; i += 2) {
                assertThat(it[i] + it[i + 1]).isEqualTo(1);
              }
              return it[1] + it[3] + it[5];
            },
            99,
            0);
    assertThat(test.p()).isEqualTo(1 / 8.0);
  }

  @Test
  void manyRelabellingsAreDrawnBySeed() {
    int[] labels = IntStream.range(0, 24).map(i -> i / 12).toArray();
    double[] values = new SplittableRandom(5).doubles(24).toArray();
    PermutationTest first = drawn(labels, values, 1);
    assertThat(first.isExact()).isFalse();
    assertThat(first.relabellings()).isEqualTo(999);
    assertThat(drawn(labels, values, 1)).isEqualTo(first);
    assertThat(first.p()).isBetween(1 / 1000.0, 1.0);
  }

  private static PermutationTest drawn(int[] labels, double[] values, long seed) {
    return PermutationTest.of(
        labels, new int[24], it -> Permanova.analysisOfVariance(values, it), 999, seed);
  }

  private static double sum(int[] labels, int label) {
    return IntStream.range(0, labels.length).filter(i -> labels[i] == label).sum();
  }
}
