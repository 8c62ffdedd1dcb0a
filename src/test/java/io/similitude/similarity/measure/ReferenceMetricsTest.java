package io.similitude.similarity.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against NumPy's float64. */
final class ReferenceMetricsTest {
  /** The reference promises nine digits of float64 code. */
  private static final double RELATIVE_64 = 1e-9;

  /** Gram matrices, vectors and products in float32: seven digits, less what sums lose. */
  private static final Offset<Double> ABSOLUTE_32 = within(1e-4);

  @ParameterizedTest
  @MethodSource("io.similitude.similarity.measure.ReferenceCase#names")
  void float64AgreesToNineDigits(String name) {
    ReferenceCase reference = ReferenceCase.read(name);
    HsicSums whole = Features.batch64(reference.x(), reference.y());
    HsicSums batches = fold(reference, Features::batch64);

    assertRelative(whole.hsic(0, 0), reference.expected("hsic1_linear"));
    assertRelative(cka(whole), reference.expected("cka_linear_debiased"));
    assertRelative(cka(batches), reference.expected("cka_linear_minibatch_unbiased"));
  }

  @ParameterizedTest
  @MethodSource("io.similitude.similarity.measure.ReferenceCase#names")
  void float32AgreesToFourDecimals(String name) {
    ReferenceCase reference = ReferenceCase.read(name);

    assertThat(cka(Features.batch32(reference.x(), reference.y())))
        .isEqualTo(reference.expected("cka_linear_debiased"), ABSOLUTE_32);
    assertThat(cka(fold(reference, Features::batch32)))
        .isEqualTo(reference.expected("cka_linear_minibatch_unbiased"), ABSOLUTE_32);
  }

  private static HsicSums fold(ReferenceCase reference, BatchSums sums) {
    HsicSums total = HsicSums.empty(1, 1);

    for (int from = 0; from < reference.n(); from += reference.batch()) {
      int to = from + reference.batch();
      double[][] x = Features.rows(reference.x(), from, to);
      total = Features.add(total, sums.of(x, Features.rows(reference.y(), from, to)));
    }
    return total;
  }

  private static double cka(HsicSums sums) {
    return MinibatchCka.pair(sums, 0, 0).value().orElseThrow();
  }

  private static void assertRelative(double actual, double expected) {
    assertThat(actual).isEqualTo(expected, within(RELATIVE_64 * Math.abs(expected)));
  }

  private interface BatchSums {
    HsicSums of(double[][] x, double[][] y);
  }
}
