package io.similitude.similarity.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.similitude.similarity.gram.CentredBatch;
import io.similitude.similarity.gram.DenseGram;
import io.similitude.similarity.gram.GramKernel;
import io.similitude.similarity.measure.Cka;
import io.similitude.similarity.measure.Features;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.ReferenceCase;
import io.similitude.similarity.measure.Simulation;
import io.similitude.similarity.measure.Status;
import io.similitude.spec.measure.Kernel;
import io.similitude.spec.measure.Measure;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Exact CKA by its two ways against NumPy, against one batch of all examples, and each other. */
final class ExactCkaTest {
  /** Both ways sum the same products in another order, in float64. */
  private static final double ROUNDING = 1e-10;

  static Stream<Arguments> casesAndBiases() {
    return ReferenceCase.names().stream()
        .flatMap(
            name ->
                Arrays.stream(Way.values())
                    .flatMap(
                        way ->
                            Stream.of(
                                Arguments.of(
                                    name, way, MeasureSpec.Bias.BIASED, "cka_linear_biased"),
                                Arguments.of(
                                    name, way, MeasureSpec.Bias.UNBIASED, "cka_linear_debiased"))));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("casesAndBiases")
  void isTheReference(String name, Way way, MeasureSpec.Bias bias, String key) {
    ReferenceCase reference = ReferenceCase.read(name);
    List<float[][]> x = batches(reference.x(), reference.batch());
    List<float[][]> y = batches(reference.y(), reference.batch());

    double expected = reference.expected(key);

    assertThat(value(way.pair(bias, x, y))).isEqualTo(expected, within(1e-9 * Math.abs(expected)));
  }

  @Property(tries = 60)
  void isOneBatchOfAllExamplesInAnyCut(
      @ForAll long seed,
      @ForAll Way way,
      @ForAll MeasureSpec.Bias bias,
      @ForAll @IntRange(min = 1, max = 40) int p,
      @ForAll @IntRange(min = 1, max = 40) int q) {
    Random random = new Random(seed);
    int n = 8 + random.nextInt(40);
    double[][] x = rounded(shifted(Features.normal(random, n, p)));
    double[][] y = rounded(related(x, q, random));
    MeasureValue together =
        new Cka(gram -> GramKernel.packed(gram.n(), gram::get), bias)
            .of(DenseGram.ofFeatures(x), DenseGram.ofFeatures(y));

    MeasureValue cut = way.pair(bias, randomBatches(x, seed), randomBatches(y, seed));

    assertThat(value(cut)).isEqualTo(value(together), within(ROUNDING));
  }

  @Property(tries = 60)
  void bothWaysAgreeOnValueAndError(
      @ForAll long seed,
      @ForAll MeasureSpec.Bias bias,
      @ForAll @IntRange(min = 1, max = 30) int p) {
    Random random = new Random(seed);
    double[][] x = shifted(Features.normal(random, 40, p));
    double[][] y = related(x, 7, random);
    List<float[][]> xs = batches(x, 8);
    List<float[][]> ys = batches(y, 8);

    MeasureValue tiles = Way.TILES.pair(bias, xs, ys);
    MeasureValue covariances = Way.COVARIANCES.pair(bias, xs, ys);

    assertThat(value(covariances)).isEqualTo(value(tiles), within(ROUNDING));
    assertThat(error(covariances)).isEqualTo(error(tiles), within(1e-8));
  }

  @Property(tries = 30)
  void theOrderOfBatchesDoesNotMatter(
      @ForAll long seed, @ForAll Way way, @ForAll MeasureSpec.Bias bias) {
    Random random = new Random(seed);
    double[][] x = Features.normal(random, 32, 5);
    List<float[][]> xs = batches(x, 7);
    List<float[][]> ys = batches(related(x, 9, random), 7);
    MeasureValue before = way.pair(bias, xs, ys);
    Collections.shuffle(xs, new Random(seed));
    Collections.shuffle(ys, new Random(seed));

    MeasureValue after = way.pair(bias, xs, ys);

    assertThat(value(after)).isEqualTo(value(before), within(ROUNDING));
    assertThat(error(after)).isEqualTo(error(before), within(1e-8));
  }

  @ParameterizedTest
  @EnumSource
  void aGroupIsTheRectangleOfItselfWithItself(Way way) {
    Random random = new Random(3);
    double[][] x = Features.normal(random, 24, 4);
    List<List<float[][]>> sites =
        List.of(batches(x, 8), batches(related(x, 6, random), 8), batches(x, 8));
    int[] sizes = {8, 8, 8};
    ExactSums group =
        ExactSums.ofGroup(
            MeasureSpec.Bias.UNBIASED, 3, sizes, (i, j) -> true, PlainProducts.INSTANCE);
    ExactSums rectangle =
        ExactSums.of(
            MeasureSpec.Bias.UNBIASED, 3, 3, sizes, (i, j) -> true, PlainProducts.INSTANCE);

    way.fill(group, sites, null);
    way.fill(rectangle, sites, sites);

    assertThat(group.similarity(0, 1)).isEqualTo(rectangle.similarity(0, 1));
    assertThat(group.similarity(1, 1)).isEqualTo(MeasureValue.of(1, 0));
    assertThat(value(rectangle.similarity(1, 1))).isEqualTo(1, within(1e-12));
    assertThat(value(rectangle.similarity(0, 2))).isEqualTo(1, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource
  void pairsThatAreNotWantedAreNotComputed(Way way) {
    double[][] x = Features.normal(new Random(1), 16, 3);
    List<List<float[][]>> sites = List.of(batches(x, 8), batches(x, 8), batches(x, 8));
    ExactSums sums =
        ExactSums.ofGroup(
            MeasureSpec.Bias.BIASED,
            3,
            new int[] {8, 8},
            (i, j) -> i + j == 1,
            PlainProducts.INSTANCE);

    way.fill(sums, sites, null);

    assertThat(value(sums.similarity(0, 1))).isEqualTo(1, within(1e-12));
    assertThat(value(sums.similarity(0, 2))).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aConstantLayerHasNoValue(Way way) {
    double[][] x = Features.normal(new Random(1), 16, 3);
    double[][] constant = new double[16][5];
    Arrays.stream(constant).forEach(row -> Arrays.fill(row, 0.1));
    MeasureValue none = MeasureValue.missing(Status.CONSTANT_LAYER);

    for (MeasureSpec.Bias bias : MeasureSpec.Bias.values()) {
      assertThat(way.pair(bias, batches(x, 4), batches(constant, 4))).isEqualTo(none);
      ExactSums sums =
          ExactSums.ofGroup(
              bias, 1, new int[] {4, 4, 4, 4}, (i, j) -> true, PlainProducts.INSTANCE);
      way.fill(sums, List.of(batches(constant, 4)), null);
      assertThat(sums.similarity(0, 0)).isEqualTo(none);
    }
  }

  /** Equally far from each other, they have a Gram matrix, of which U-centring leaves nothing. */
  @ParameterizedTest
  @EnumSource
  void examplesThatAreAllEquallyUnlikeHaveNoUnbiasedValue(Way way) {
    double[][] x = new double[12][12];
    for (int i = 0; i < x.length; i++) {
      x[i][i] = 1;
    }
    double[][] y = Features.normal(new Random(1), 12, 3);

    assertThat(way.pair(MeasureSpec.Bias.UNBIASED, batches(x, 4), batches(y, 4)))
        .isEqualTo(MeasureValue.missing(Status.CONSTANT_LAYER));
    assertThat(way.pair(MeasureSpec.Bias.BIASED, batches(x, 4), batches(y, 4)).status())
        .isEqualTo(Status.OK);
  }

  @Test
  void oneBatchHasAValueWithoutError() {
    double[][] x = Features.normal(new Random(1), 16, 3);
    double[][] y = Features.normal(new Random(2), 16, 3);

    MeasureValue similarity =
        Way.TILES.pair(MeasureSpec.Bias.UNBIASED, batches(x, 16), batches(y, 16));

    assertThat(similarity.value()).isPresent();
    assertThat(similarity.standardError()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void intervalsCoverTheTruth(MeasureSpec.Bias bias) {
    // y = x + e, all of variance 1 in p dimensions: CKA = p / (sqrt(p) sqrt(4 p)) = 1/2.
    Simulation simulation =
        Simulation.of(
            1000,
            random -> {
              double[][] x = Features.normal(random, 600, 3);
              double[][] y = Features.plus(x, Features.normal(random, 600, 3));
              return Way.COVARIANCES.pair(bias, batches(x, 15), batches(y, 15));
            });

    assertThat(simulation.coverage(0.5)).isBetween(0.93, 0.97);
    // The spread of 1,000 draws is known to 1 / sqrt(2,000) = 2.2 %; three of those.
    assertThat(simulation.meanError() / simulation.spread()).isEqualTo(1, within(0.07));
  }

  @Test
  void anAngleFollowsFromIt() {
    MeasureSpec spec = MeasureSpec.of(Measure.ANGULAR_CKA, Map.of());
    MeasureValue cka = MeasureValue.of(0.6, 0.01);

    ExactMeasure angle = ExactMeasure.of(spec);

    assertThat(angle.bias()).isEqualTo(MeasureSpec.Bias.BIASED);
    assertThat(value(angle.of(cka))).isEqualTo(Math.acos(0.6), within(1e-15));
    assertThat(error(angle.of(cka))).isEqualTo(0.01 / 0.8, within(1e-15));
    assertThat(angle.ofItself(MeasureValue.of(1, 0))).isEqualTo(MeasureValue.of(0, 0));
    assertThat(angle.ofItself(MeasureValue.missing(Status.CONSTANT_LAYER)))
        .isEqualTo(MeasureValue.missing(Status.CONSTANT_LAYER));
  }

  @Test
  void onlyLinearCkaFollowsFromTilesAlone() {
    MeasureSpec rbf = MeasureSpec.of(Measure.CKA, Map.of(Setting.KERNEL, Kernel.RBF));

    assertThat(ExactMeasure.covers(rbf)).isFalse();
    assertThat(ExactMeasure.covers(MeasureSpec.of(Measure.RSA, Map.of()))).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExactMeasure.of(rbf))
        .withMessage("Invalid measure: CKA (must be a function of linear CKA)");
  }

  @Test
  void featuresMustBeAsManyInEveryBatchAndFinite() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExactSite.empty(3).add(new float[][] {{1, 2, 3}, {1, 2}}))
        .withMessage("Invalid features of example 1: 2 of them (must be 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExactSite.empty(2).add(new float[][] {{1, Float.NaN}}))
        .withMessage("Invalid feature of example 0: NaN (must be finite)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExactSite.empty(0))
        .withMessage("Invalid number of features: 0 (must be at least 1)");
  }

  @Test
  void theCheaperWayIsTaken() {
    assertThat(ExactCost.ofPair(1000, 10, 20)).isEqualTo(new ExactCost(1e6, 4e5));
    assertThat(ExactCost.ofSite(1000, 10)).isEqualTo(new ExactCost(1e7, 2e5));
    assertThat(ExactCost.ofPair(1000, 10, 20).favoursCovariances()).isTrue();
    assertThat(ExactCost.ofPair(1000, 100, 20).favoursCovariances()).isFalse();
    assertThat(ExactCost.ofPair(1000, 25, 20).favoursCovariances()).isFalse();
    assertThat(ExactCost.ofPair(1000, 10, 20).plus(new ExactCost(0, 1e9)).favoursCovariances())
        .isFalse();
  }

  /** A way from features to the sums. */
  enum Way {
    TILES {
      @Override
      void fill(ExactSums sums, List<List<float[][]>> rows, List<List<float[][]>> columns) {
        int batches = rows.get(0).size();
        List<ExactSite> a = rows.stream().map(Way::site).toList();
        List<ExactSite> b = columns == null ? a : columns.stream().map(Way::site).toList();
        for (int i = 0; i < batches; i++) {
          for (int j = i; j < batches; j++) {
            for (int s = 0; s < rows.size(); s++) {
              sums.row(s, tile(a.get(s), rows.get(s), i, j));
            }
            for (int s = 0; columns != null && s < columns.size(); s++) {
              sums.column(s, tile(b.get(s), columns.get(s), i, j));
            }
            sums.endTile(i, j);
          }
        }
      }
    },
    COVARIANCES {
      @Override
      void fill(ExactSums sums, List<List<float[][]>> rows, List<List<float[][]>> columns) {
        List<ExactFeatures> a = rows.stream().map(Way::features).toList();
        List<ExactFeatures> b = columns == null ? a : columns.stream().map(Way::features).toList();
        for (int i = 0; i < a.size(); i++) {
          sums.row(i, a.get(i));
        }
        for (int j = 0; columns != null && j < b.size(); j++) {
          sums.column(j, b.get(j));
        }
        for (int i = 0; i < a.size(); i++) {
          sums.pairs(i, a.get(i), 0, b);
        }
      }
    };

    abstract void fill(ExactSums sums, List<List<float[][]>> rows, List<List<float[][]>> columns);

    MeasureValue pair(MeasureSpec.Bias bias, List<float[][]> x, List<float[][]> y) {
      int[] sizes = x.stream().mapToInt(batch -> batch.length).toArray();
      ExactSums sums = ExactSums.of(bias, 1, 1, sizes, (i, j) -> true, PlainProducts.INSTANCE);
      fill(sums, List.of(x), List.of(y));
      return sums.similarity(0, 0);
    }

    private static ExactSite site(List<float[][]> batches) {
      ExactSite site = ExactSite.empty(batches.get(0)[0].length);
      batches.forEach(site::add);
      return site;
    }

    private static GramTile tile(ExactSite site, List<float[][]> batches, int i, int j) {
      CentredBatch rows = site.batch(batches.get(i));
      return GramTile.of(
          site, rows, i == j ? rows : site.batch(batches.get(j)), PlainProducts.INSTANCE);
    }

    private static ExactFeatures features(List<float[][]> batches) {
      ExactSite site = site(batches);
      return new ExactFeatures(site, batches.stream().map(site::batch).toList());
    }
  }

  private static List<float[][]> batches(double[][] x, int batch) {
    List<float[][]> batches = new ArrayList<>();
    for (int from = 0; from < x.length; from += batch) {
      batches.add(floats(Features.rows(x, from, Math.min(x.length, from + batch))));
    }
    return batches;
  }

  /** Of 4 to 12 examples. */
  private static List<float[][]> randomBatches(double[][] x, long seed) {
    Random random = new Random(seed);
    List<float[][]> batches = new ArrayList<>();
    for (int from = 0, to; from < x.length; from = to) {
      to = from + 4 + random.nextInt(5);
      to = x.length - to < 4 ? x.length : to;
      batches.add(floats(Features.rows(x, from, to)));
    }
    return batches;
  }

  private static float[][] floats(double[][] x) {
    float[][] floats = new float[x.length][x[0].length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[0].length; j++) {
        floats[i][j] = (float) x[i][j];
      }
    }
    return floats;
  }

  /** What float32 leaves of them, so that all ways see the same numbers. */
  private static double[][] rounded(double[][] x) {
    return Arrays.stream(x)
        .map(row -> Arrays.stream(row).map(v -> (float) v).toArray())
        .toArray(double[][]::new);
  }

  private static double[][] shifted(double[][] x) {
    return Arrays.stream(x)
        .map(row -> Arrays.stream(row).map(v -> v + 10).toArray())
        .toArray(double[][]::new);
  }

  private static double[][] related(double[][] x, int q, Random random) {
    return Features.plus(
        Features.times(x, Features.normal(random, x[0].length, q)),
        Features.normal(random, x.length, q));
  }

  private static double value(MeasureValue similarity) {
    return similarity.value().orElseThrow();
  }

  private static double error(MeasureValue similarity) {
    return similarity.standardError().orElseThrow();
  }
}
