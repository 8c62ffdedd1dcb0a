package io.similitude.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.similitude.network.TorchEngine;
import io.similitude.similarity.exact.ExactFeatures;
import io.similitude.similarity.exact.ExactProducts;
import io.similitude.similarity.exact.ExactSite;
import io.similitude.similarity.exact.ExactSums;
import io.similitude.similarity.exact.GramTile;
import io.similitude.similarity.exact.PlainProducts;
import io.similitude.similarity.gram.CentredBatch;
import io.similitude.similarity.gram.Vectors;
import io.similitude.similarity.measure.PairSums;
import io.similitude.spec.measure.MeasureSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The library's products against those by definition. */
final class ExactEngineTest {
  /** Relative to the lengths of the vectors. */
  private static final double ROUNDING = 1e-12;

  private static ExactEngine engine;

  @BeforeAll
  static void start() {
    TorchEngine.configure(1);
    engine = new ExactEngine(Optional.empty());
  }

  @AfterAll
  static void end() {
    engine.close();
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "7,5,3", "33,1,65", "5,64,1000", "2,3,300000"})
  void aTileIsThatOfTheDefinition(int n, int m, int p) {
    CentredBatch x = new CentredBatch(n, p, normal(n * p, 1));
    CentredBatch y = new CentredBatch(m, p, normal(m * p, 2));

    double length = Math.sqrt(largest(x.norms()) * largest(y.norms()));
    assertThat(engine.gram(x, y))
        .containsExactly(PlainProducts.INSTANCE.gram(x, y), within(ROUNDING * length));
    assertThat(engine.gram(x, x))
        .containsExactly(PlainProducts.INSTANCE.gram(x, x), within(ROUNDING * largest(x.norms())));
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "7,5,9", "33,70,65", "64,65,257", "3,2,400000"})
  void productsOfTwoGroupsAreThoseOfEachPair(int r, int s, int length) {
    double[][] rows = vectors(r, length, 1);
    double[][] columns = vectors(s, length, 2);

    double[] products = engine.tiles(rows, columns, (i, j) -> true);

    assertProducts(products, rows, columns, (i, j) -> true);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 31, 32, 33, 100})
  void productsOfAGroupAreThoseOfEachPair(int r) {
    double[][] sites = vectors(r, 77, 3);

    double[] products = engine.tiles(sites, sites, (i, j) -> j > i);

    assertProducts(products, sites, sites, (i, j) -> j > i);
  }

  @Test
  void onlyBlocksWithWantedPairsAreComputed() {
    double[][] rows = vectors(70, 50, 1);
    double[][] columns = vectors(90, 50, 2);
    PairSums.Pairs wanted = (i, j) -> i == 66 && j == 40;

    double[] products = engine.tiles(rows, columns, wanted);

    assertProducts(products, rows, columns, wanted);
    long computed = Arrays.stream(products).filter(it -> it != 0).count();
    assertThat(computed).isEqualTo((70 - 64) * 32);
    assertThat(engine.tiles(rows, columns, (i, j) -> false)).containsOnly(0);
  }

  @Test
  void unevenBatchesAndWidthsHaveTheSharesOfTheDefinition() {
    int[] sizes = {9, 8, 5};
    ExactFeatures x = features(7, sizes, 1);
    List<ExactFeatures> others =
        List.of(features(3, sizes, 2), x, features(1, sizes, 3), features(65, sizes, 4));

    assertShares(engine.covariances(x, others), x, others);
    assertThat(engine.covariances(x, List.of())).isEmpty();
  }

  @Test
  void covariancesAreCutWhereTheyAreManyNumbers() {
    int[] sizes = new int[60];
    Arrays.fill(sizes, 4);
    // 70 x 1,320 numbers of each of 60 batches: 5.5 million, of which 4.2 are held at once.
    ExactFeatures x = features(70, sizes, 1);
    List<ExactFeatures> others = List.of(features(1300, sizes, 2), features(20, sizes, 3));

    assertShares(engine.covariances(x, others), x, others);
  }

  @ParameterizedTest
  @EnumSource
  void exactCkaIsThatOfTheDefinition(MeasureSpec.Bias bias) {
    int[] sizes = {9, 8, 5};
    List<ExactFeatures> sites =
        IntStream.range(0, 35).mapToObj(i -> features(1 + 3 * i, sizes, i)).toList();
    ExactSums expected = byCovariances(bias, sites, sizes, PlainProducts.INSTANCE);

    for (ExactSums sums :
        List.of(byCovariances(bias, sites, sizes, engine), byTiles(bias, sites, sizes, engine))) {
      for (int i = 0; i < sites.size(); i++) {
        for (int j = i + 1; j < sites.size(); j++) {
          assertThat(sums.similarity(i, j).value().orElseThrow())
              .isEqualTo(expected.similarity(i, j).value().orElseThrow(), within(ROUNDING));
        }
      }
    }
  }

  @Test
  void theSameInputGivesTheSameBits() {
    double[][] rows = vectors(37, 4099, 1);
    double[][] columns = vectors(41, 4099, 2);
    double[] once = engine.tiles(rows, columns, (i, j) -> true);

    try (ExactEngine other = new ExactEngine(Optional.empty())) {
      assertThat(other.tiles(vectors(37, 4099, 1), columns, (i, j) -> true)).isEqualTo(once);
    }
  }

  @Test
  void aGrantedGpuThatIsNotThereIsAnError() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new ExactEngine(Optional.of(63)))
        .withMessageStartingWith("Cannot use GPU 63 that Spark granted: PyTorch sees ");
  }

  private static ExactSums byCovariances(
      MeasureSpec.Bias bias, List<ExactFeatures> sites, int[] sizes, ExactProducts products) {
    ExactSums sums = ExactSums.ofGroup(bias, sites.size(), sizes, (i, j) -> true, products);
    for (int i = 0; i < sites.size(); i++) {
      sums.row(i, sites.get(i));
      sums.pairs(i, sites.get(i), 0, sites);
    }
    return sums;
  }

  private static ExactSums byTiles(
      MeasureSpec.Bias bias, List<ExactFeatures> sites, int[] sizes, ExactProducts products) {
    ExactSums sums = ExactSums.ofGroup(bias, sites.size(), sizes, (i, j) -> true, products);
    for (int g = 0; g < sizes.length; g++) {
      for (int h = g; h < sizes.length; h++) {
        for (int i = 0; i < sites.size(); i++) {
          ExactFeatures site = sites.get(i);
          CentredBatch rows = site.batches().get(g);
          sums.row(i, GramTile.of(site.site(), rows, site.batches().get(h), products));
        }
        sums.endTile(g, h);
      }
    }
    return sums;
  }

  private static void assertProducts(
      double[] products, double[][] rows, double[][] columns, PairSums.Pairs wanted) {
    double[] expected = PlainProducts.INSTANCE.tiles(rows, columns, wanted);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        if (wanted.wants(i, j)) {
          int at = i * columns.length + j;
          double lengths =
              Math.sqrt(Vectors.dot(rows[i], rows[i]) * Vectors.dot(columns[j], columns[j]));
          assertThat(products[at]).isEqualTo(expected[at], within(ROUNDING * lengths));
        }
      }
    }
  }

  private static void assertShares(double[][] shares, ExactFeatures x, List<ExactFeatures> others) {
    ExactProducts plain = PlainProducts.INSTANCE;
    double[][] expected = plain.covariances(x, others);
    for (int k = 0; k < shares.length; k++) {
      double scale = Arrays.stream(expected[k]).map(Math::abs).sum();
      assertThat(shares[k]).containsExactly(expected[k], within(ROUNDING * scale));
    }
  }

  private static ExactFeatures features(int p, int[] sizes, long seed) {
    ExactSite site = ExactSite.empty(p);
    Random random = new Random(seed);
    List<float[][]> batches = new ArrayList<>();
    for (int n : sizes) {
      float[][] batch = new float[n][p];
      for (float[] row : batch) {
        for (int j = 0; j < p; j++) {
          row[j] = (float) random.nextGaussian();
        }
      }
      site.add(batch);
      batches.add(batch);
    }
    return new ExactFeatures(site, batches.stream().map(site::batch).toList());
  }

  private static double[][] vectors(int count, int length, long seed) {
    return IntStream.range(0, count)
        .mapToObj(i -> normal(length, 1000 * seed + i))
        .toArray(double[][]::new);
  }

  private static double[] normal(int length, long seed) {
    return new Random(seed).doubles(length, -1, 1).toArray();
  }

  private static double largest(double[] squares) {
    return Arrays.stream(squares).max().orElseThrow();
  }
}
