package io.similitude.similarity.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.similarity.gram.DenseGram;
import io.similitude.spec.measure.Kernel;
import io.similitude.spec.measure.Measure;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every measure, and which holds for which. */
final class MeasureLawsTest {
  private static final int N = 30;

  /** Angles near 0 have the root of the rounding. */
  private static final double ROUNDING = 1e-6;

  private static final Set<Measure> DISTANCES =
      EnumSet.of(Measure.ANGULAR_CKA, Measure.PROCRUSTES, Measure.ANGULAR_PROCRUSTES);

  /** What a linear map of the features leaves alone, for PWCCA those of b. */
  private static final Set<Measure> AFFINE = EnumSet.of(Measure.CCA, Measure.PWCCA);

  @Property(tries = 120)
  void ofItselfIsPerfect(@ForAll("specs") MeasureSpec spec, @ForAll long seed) {
    double[][] x = Features.normal(new Random(seed), N, 6);

    assertThat(value(spec, x, x)).isEqualTo(perfect(spec), within(ROUNDING));
  }

  @Property(tries = 120)
  void isSymmetricButForPwcca(@ForAll("specs") MeasureSpec spec, @ForAll long seed) {
    double[][] x = Features.normal(new Random(seed), N, 6);
    double[][] y = related(x, new Random(seed + 1));

    double difference = Math.abs(value(spec, x, y) - value(spec, y, x));

    assertThat(difference < 1e-10).isEqualTo(Measures.of(spec).isSymmetric());
  }

  @Property(tries = 120)
  void ignoresScaleAndShift(@ForAll("specs") MeasureSpec spec, @ForAll long seed) {
    double[][] x = Features.normal(new Random(seed), N, 6);
    double[][] y = related(x, new Random(seed + 1));

    // The shift is 1,000 times the spread: three of sixteen digits go, six of the Gram matrix's.
    assertThat(value(spec, moved(x), moved(y))).isEqualTo(value(spec, x, y), within(1e-9));
  }

  @Property(tries = 120)
  void ignoresRotationButForPwccaOfItsFirst(@ForAll("specs") MeasureSpec spec, @ForAll long seed) {
    Random random = new Random(seed);
    double[][] x = Features.normal(random, N, 6);
    double[][] y = related(x, random);
    double[][] rotation = Features.rotation(random, 6);
    double[][] rotated = Features.times(x, rotation);

    double unmoved = value(spec, x, y);

    assertThat(value(spec, x, Features.times(y, rotation))).isEqualTo(unmoved, within(1e-9));
    boolean holds = Math.abs(value(spec, rotated, y) - unmoved) < 1e-9;
    assertThat(holds).isEqualTo(spec.metric() != Measure.PWCCA);
  }

  @Property(tries = 60)
  void seesOtherLinearMapsButForCca(@ForAll("specs") MeasureSpec spec, @ForAll long seed) {
    Random random = new Random(seed);

    // Counts of neighbours may well agree once; not on every one of several draws.
    boolean blind = true;
    for (int draw = 0; draw < 8; draw++) {
      double[][] x = Features.normal(random, N, 6);
      double[][] y = related(x, random);
      blind &= Math.abs(value(spec, x, stretched(y)) - value(spec, x, y)) < 1e-9;
    }

    assertThat(blind).isEqualTo(AFFINE.contains(spec.metric()));
  }

  @Property(tries = 60)
  void anglesObeyTheTriangleInequality(@ForAll("angles") MeasureSpec spec, @ForAll long seed) {
    Random random = new Random(seed);
    double[][] x = Features.normal(random, N, 4);
    double[][] y = related(x, random);
    double[][] z = related(y, random);

    assertThat(value(spec, x, z))
        .isLessThanOrEqualTo(value(spec, x, y) + value(spec, y, z) + ROUNDING);
  }

  @Property(tries = 60)
  void anglesObeyTheTriangleInequalityOverBatches(
      @ForAll("angles") MeasureSpec spec, @ForAll long seed) {
    Random random = new Random(seed);
    double[][] x = Features.normal(random, N, 4);
    double[][] y = related(x, random);
    double[][] z = related(y, random);
    PairSums<?> sums = PairSums.ofGroup(Measures.of(spec), 3, (i, j) -> true);
    for (int from = 0; from < N; from += 10) {
      add(sums, from, from + 10, List.of(x, y, z));
    }

    assertThat(sums.pair(0, 2).value().orElseThrow())
        .isLessThanOrEqualTo(
            sums.pair(0, 1).value().orElseThrow()
                + sums.pair(1, 2).value().orElseThrow()
                + ROUNDING);
  }

  @Property(tries = 60)
  void aConstantLayerHasNoValue(@ForAll("specs") MeasureSpec spec, @ForAll long seed) {
    double[][] x = Features.normal(new Random(seed), N, 3);
    double[][] constant = new double[N][3];
    Arrays.stream(constant).forEach(row -> Arrays.fill(row, 0.1));
    MeasureValue none = MeasureValue.missing(Status.CONSTANT_LAYER);
    DenseGram a = DenseGram.ofFeatures(x);
    DenseGram b = DenseGram.ofFeatures(constant);

    assertThat(Measures.of(spec).of(a, b)).isEqualTo(none);
    assertThat(Measures.of(spec).of(b, a)).isEqualTo(none);
    assertThat(Measures.of(spec).of(a, DenseGram.of(Features.gram32(constant)))).isEqualTo(none);
  }

  @Provide
  Arbitrary<MeasureSpec> specs() {
    List<MeasureSpec> specs = new ArrayList<>();
    for (Measure metric : Measure.values()) {
      // All settings as they are, neighbours but few enough for batches of ten.
      specs.add(
          MeasureSpec.of(metric, hasNeighbours(metric) ? Map.of(Setting.NEIGHBOURS, 5) : Map.of()));
    }
    for (Kernel kernel : Kernel.values()) {
      for (MeasureSpec.Bias bias : MeasureSpec.Bias.values()) {
        specs.add(MeasureSpec.of(Measure.CKA, Map.of(Setting.KERNEL, kernel, Setting.BIAS, bias)));
      }
    }
    specs.add(
        MeasureSpec.of(
            Measure.RSA, Map.of(Setting.DISSIMILARITY, MeasureSpec.Dissimilarity.COSINE)));
    specs.add(
        MeasureSpec.of(
            Measure.DISTANCE_CORRELATION, Map.of(Setting.BIAS, MeasureSpec.Bias.BIASED)));
    return Arbitraries.of(specs);
  }

  @Provide
  Arbitrary<MeasureSpec> angles() {
    return Arbitraries.of(
        MeasureSpec.of(Measure.ANGULAR_CKA, Map.of()),
        MeasureSpec.of(Measure.ANGULAR_CKA, Map.of(Setting.BIAS, MeasureSpec.Bias.UNBIASED)),
        MeasureSpec.of(Measure.ANGULAR_CKA, Map.of(Setting.KERNEL, Kernel.RBF)),
        MeasureSpec.of(Measure.ANGULAR_PROCRUSTES, Map.of()));
  }

  private static boolean hasNeighbours(Measure metric) {
    return metric == Measure.JACCARD_NEIGHBOURS || metric == Measure.MUTUAL_NEIGHBOURS;
  }

  private static double perfect(MeasureSpec spec) {
    return DISTANCES.contains(spec.metric()) ? 0 : 1;
  }

  private static void add(PairSums<?> sums, int from, int to, List<double[][]> sites) {
    for (int i = 0; i < sites.size(); i++) {
      sums.row(i, DenseGram.ofFeatures(Features.rows(sites.get(i), from, to)));
    }
    sums.endBatch();
  }

  private static double[][] related(double[][] x, Random random) {
    double[][] noise = Features.normal(random, x.length, x[0].length);
    return Features.plus(x, noise);
  }

  private static double[][] moved(double[][] x) {
    return Arrays.stream(x)
        .map(row -> Arrays.stream(row).map(v -> 0.01 * v + 10).toArray())
        .toArray(double[][]::new);
  }

  private static double[][] stretched(double[][] x) {
    double[][] map = new double[x[0].length][x[0].length];
    for (int j = 0; j < map.length; j++) {
      map[j][j] = 1 + 3 * j;
    }
    return Features.times(x, map);
  }

  private static double value(MeasureSpec spec, double[][] x, double[][] y) {
    return Measures.of(spec)
        .of(DenseGram.ofFeatures(x), DenseGram.ofFeatures(y))
        .value()
        .orElseThrow();
  }
}
