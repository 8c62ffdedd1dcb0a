package io.similitude.similarity.gram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.similarity.measure.Features;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class MatrixProductsTest {
  @Property(tries = 100)
  void addsTheProductOfAnyTwoMatrices(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 9) int m,
      @ForAll @IntRange(min = 1, max = 9) int n,
      @ForAll @IntRange(min = 1, max = 23) int k,
      @ForAll boolean transposed) {
    Random random = new Random(seed);
    double[][] a = Features.normal(random, m, k);
    double[][] b = Features.normal(random, k, n);
    double[] sum = new double[m * n];
    Arrays.fill(sum, 1);

    double[] flat = transposed ? columns(a) : rows(a);
    MatrixProducts.add(sum, m, n, k, flat, 0, transposed ? 1 : k, transposed ? m : 1, rows(b));

    double[] expected = Arrays.stream(rows(Features.times(a, b))).map(v -> v + 1).toArray();
    assertThat(sum).containsExactly(expected, within(1e-12));
  }

  @Property(tries = 20)
  void cutsLongSumsToWhatIsCached(@ForAll long seed) {
    Random random = new Random(seed);
    double[][] a = Features.normal(random, 2, 20_000);
    double[][] b = Features.normal(random, 20_000, 3);
    double[] sum = new double[6];

    MatrixProducts.add(sum, 2, 3, 20_000, rows(a), 0, 20_000, 1, rows(b));

    assertThat(sum).containsExactly(rows(Features.times(a, b)), within(1e-9));
  }

  private static double[] rows(double[][] x) {
    return Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[] columns(double[][] x) {
    double[] columns = new double[x.length * x[0].length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[0].length; j++) {
        columns[j * x.length + i] = x[i][j];
      }
    }
    return columns;
  }
}
