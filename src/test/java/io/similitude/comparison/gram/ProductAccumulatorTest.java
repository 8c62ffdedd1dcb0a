package io.similitude.comparison.gram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.comparison.PartTask;
import io.similitude.comparison.SiteGroup;
import io.similitude.comparison.WantedProducts;
import io.similitude.network.GramInvariants;
import io.similitude.network.TorchEngine;
import io.similitude.plan.SiteBlock;
import io.similitude.plan.StoredLayer;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Measures;
import io.similitude.similarity.measure.ProductMeasure;
import io.similitude.similarity.measure.Status;
import io.similitude.spec.measure.Kernel;
import io.similitude.spec.measure.Measure;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The product engine on every measure that is a product, against one pair after the other. */
final class ProductAccumulatorTest {
  private static final int ROWS = 5;
  private static final int COLUMNS = 4;
  private static final int CONSTANT = 2;
  private static final int[] BATCHES = {12, 9, 12};

  /** Of float32 products of unit vectors, and of a root of one that is not near 0. */
  private static final double FLOAT_PRODUCT = 3e-6;

  @BeforeAll
  static void useOneThread() {
    TorchEngine.configure(1);
  }

  static Stream<MeasureSpec> products() {
    List<MeasureSpec> specs = new ArrayList<>();
    for (MeasureSpec.Bias bias : MeasureSpec.Bias.values()) {
      for (Kernel kernel : Kernel.values()) {
        specs.add(MeasureSpec.of(Measure.CKA, Map.of(Setting.KERNEL, kernel, Setting.BIAS, bias)));
      }
      specs.add(MeasureSpec.of(Measure.DISTANCE_CORRELATION, Map.of(Setting.BIAS, bias)));
    }
    for (MeasureSpec.Dissimilarity dissimilarity : MeasureSpec.Dissimilarity.values()) {
      for (MeasureSpec.Correlation correlation : MeasureSpec.Correlation.values()) {
        specs.add(
            MeasureSpec.of(
                Measure.RSA,
                Map.of(Setting.DISSIMILARITY, dissimilarity, Setting.CORRELATION, correlation)));
      }
    }
    return specs.stream();
  }

  @ParameterizedTest
  @MethodSource("products")
  void aGroupWithItself(MeasureSpec spec) {
    PartTask task = PartTask.of("s", group("a", ROWS), group("a", ROWS));
    assertSame(spec, task);
  }

  @ParameterizedTest
  @MethodSource("products")
  void twoGroupsOfWhichEitherIsTheLarger(MeasureSpec spec) {
    assertSame(spec, PartTask.of("s", group("a", ROWS), group("b", COLUMNS)));
    assertSame(spec, PartTask.of("s", group("a", COLUMNS), group("b", ROWS)));
  }

  private static void assertSame(MeasureSpec spec, PartTask task) {
    ProductMeasure measure = Measures.product(spec).orElseThrow();
    try (Accumulator products =
            new ProductAccumulator(spec, measure, task, WantedProducts.all(), Optional.empty());
        Accumulator pairs = new PairwiseAccumulator<>(Measures.of(spec), task, (i, j) -> true)) {
      for (int n : BATCHES) {
        add(task, n, products);
        add(task, n, pairs);
      }
      for (int i = 0; i < task.rows().size(); i++) {
        for (int j = task.isSymmetric() ? i : 0; j < task.columns().size(); j++) {
          assertSame(products, pairs, i, j);
        }
      }
      assertThat(products.sums().examples()).isEqualTo(pairs.sums().examples());
    }
  }

  private static void assertSame(Accumulator products, Accumulator pairs, int i, int j) {
    MeasureValue expected = pairs.pair(i, j);
    MeasureValue actual = products.pair(i, j);
    assertThat(actual.status()).as("%d, %d", i, j).isEqualTo(expected.status());
    if (expected.status() == Status.OK) {
      assertThat(actual.value().getAsDouble())
          .isEqualTo(expected.value().getAsDouble(), within(FLOAT_PRODUCT));
      assertThat(actual.standardError().getAsDouble())
          .isEqualTo(expected.standardError().getAsDouble(), within(10 * FLOAT_PRODUCT));
    }
    var evidence = products.evidence(i, j, actual);
    var other = pairs.evidence(i, j, expected);
    assertThat(evidence.zScore().isPresent()).isEqualTo(other.zScore().isPresent());
    if (other.zScore().isPresent()) {
      assertThat(evidence.zScore().getAsDouble())
          .isEqualTo(other.zScore().getAsDouble(), within(1e-4));
      assertThat(evidence.pValue().getAsDouble())
          .isEqualTo(other.pValue().getAsDouble(), within(1e-4));
    }
    assertThat(evidence.jackknifeError().orElse(-1))
        .isEqualTo(other.jackknifeError().orElse(-1), within(10 * FLOAT_PRODUCT));
  }

  /** The site at {@link #CONSTANT} is constant on the second batch. */
  private static void add(PartTask task, int n, Accumulator measure) {
    try (GramInvariants invariants = new GramInvariants(Optional.empty())) {
      for (int i = 0; i < task.rows().size(); i++) {
        measure.row(i, gram(i, n, invariants));
      }
      for (int j = 0; j < task.columns().size() && !task.isSymmetric(); j++) {
        measure.column(j, gram(100 + j, n, invariants));
      }
    }
    measure.endBatch();
  }

  private static SiteGram gram(int site, int n, GramInvariants invariants) {
    float[] packed = new float[PackedGram.length(n)];
    if (site != CONSTANT || n == BATCHES[0]) {
      fill(new Random(1000L * site + n), n, packed);
    }
    PackedGram gram = PackedGram.of(n, packed);
    return new SiteGram(gram, invariants.summary(gram), null);
  }

  private static void fill(Random random, int n, float[] packed) {
    double[][] x = new double[6][n];
    for (double[] column : x) {
      double mean = 0;
      for (int i = 0; i < n; i++) {
        column[i] = random.nextGaussian();
        mean += column[i] / n;
      }
      for (int i = 0; i < n; i++) {
        column[i] -= mean;
      }
    }
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        for (double[] column : x) {
          packed[at] += (float) (column[i] * column[j]);
        }
        at++;
      }
    }
  }

  private static SiteGroup group(String name, int sites) {
    List<StoredLayer> layers = Collections.nCopies(sites, new StoredLayer(0, "layer", 6));
    return new SiteGroup(List.of(new SiteBlock(name, "v", layers, List.of(), Set.of(), name)));
  }
}
