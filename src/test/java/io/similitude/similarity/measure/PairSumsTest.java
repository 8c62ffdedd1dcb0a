package io.similitude.similarity.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.similitude.similarity.gram.DenseGram;
import io.similitude.spec.measure.Measure;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PairSumsTest {
  private static final MeasureSpec PROCRUSTES = MeasureSpec.of(Measure.PROCRUSTES, Map.of());
  private static final MeasureSpec BIASED =
      MeasureSpec.of(Measure.CKA, Map.of(Setting.BIAS, MeasureSpec.Bias.BIASED));

  @ParameterizedTest
  @MethodSource("io.similitude.similarity.measure.ReferenceCase#names")
  void minibatchCkaIsTheReference(String name) {
    ReferenceCase reference = ReferenceCase.read(name);

    double unbiased = overBatches(MeasureSpec.CKA, reference);
    double biased = overBatches(BIASED, reference);

    assertRelative(unbiased, reference.expected("cka_linear_minibatch_unbiased"));
    assertRelative(biased, reference.expected("cka_linear_minibatch_biased"));
  }

  @Test
  void linearUnbiasedCkaIsMinibatchCka() {
    double[][] x = Features.normal(new Random(1), 60, 5);
    double[][] y = Features.plus(Features.normal(new Random(2), 60, 5), x);
    HsicSums sums = HsicSums.empty(1, 1);
    PairSums<?> general = PairSums.of(Measures.of(MeasureSpec.CKA), 1, 1, (i, j) -> true);
    for (int from = 0; from < 60; from += 20) {
      double[][] xs = Features.rows(x, from, from + 20);
      double[][] ys = Features.rows(y, from, from + 20);
      sums = Features.add(sums, Features.batch64(xs, ys));
      add(general, xs, ys);
    }
    MeasureValue special = MinibatchCka.pair(sums, 0, 0);

    assertThat(value(general.pair(0, 0))).isEqualTo(special.value().orElseThrow(), within(1e-13));
    assertThat(general.pair(0, 0).standardError().orElseThrow())
        .isEqualTo(special.standardError().orElseThrow(), within(1e-9));
    assertThat(PermutationNull.zScore(general.sums(), 0, 0).orElseThrow())
        .isEqualTo(PermutationNull.zScore(sums, 0, 0).orElseThrow(), within(1e-10));
  }

  @Test
  void measuresWithoutSumsGiveTheMeanOverBatchesWithItsError() {
    double[][] x = Features.normal(new Random(1), 60, 5);
    double[][] y = Features.plus(Features.normal(new Random(2), 60, 5), x);
    PairSums<?> sums = PairSums.of(Measures.of(PROCRUSTES), 1, 1, (i, j) -> true);
    double[] values = new double[3];
    for (int b = 0; b < 3; b++) {
      double[][] xs = Features.rows(x, 20 * b, 20 * b + 20);
      double[][] ys = Features.rows(y, 20 * b, 20 * b + 20);
      add(sums, xs, ys);
      values[b] =
          value(Measures.of(PROCRUSTES).of(DenseGram.ofFeatures(xs), DenseGram.ofFeatures(ys)));
    }
    double mean = (values[0] + values[1] + values[2]) / 3;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }

    assertThat(value(sums.pair(0, 0))).isEqualTo(mean, within(1e-14));
    assertThat(sums.pair(0, 0).standardError().orElseThrow())
        .isEqualTo(Math.sqrt(squares / 2 / 3), within(1e-9));
    assertThat(sums.sums().batches()).isEqualTo(3);
    assertThat(sums.sums().examples()).isEqualTo(60);
  }

  @ParameterizedTest
  @EnumSource
  void aGroupIsTheRectangleOfItselfWithItself(Measure metric) {
    boolean hasNeighbours =
        EnumSet.of(Measure.JACCARD_NEIGHBOURS, Measure.MUTUAL_NEIGHBOURS).contains(metric);
    MeasureSpec spec =
        MeasureSpec.of(metric, hasNeighbours ? Map.of(Setting.NEIGHBOURS, 3) : Map.of());
    List<double[][]> sites =
        List.of(Features.normal(new Random(1), 20, 3), Features.normal(new Random(2), 20, 5));
    PairSums<?> group = PairSums.ofGroup(Measures.of(spec), 2, (i, j) -> true);
    PairSums<?> rectangle = PairSums.of(Measures.of(spec), 2, 2, (i, j) -> true);
    for (int from = 0; from < 20; from += 10) {
      for (int i = 0; i < 2; i++) {
        DenseGram gram = DenseGram.ofFeatures(Features.rows(sites.get(i), from, from + 10));
        group.row(i, gram);
        rectangle.row(i, gram);
        rectangle.column(i, gram);
      }
      group.endBatch();
      rectangle.endBatch();
    }

    assertThat(group.pair(0, 1)).isEqualTo(rectangle.pair(0, 1));
    assertThat(group.pair(1, 0)).isEqualTo(rectangle.pair(1, 0));
    assertThat(group.pair(0, 0)).isEqualTo(MeasureValue.of(Measures.of(spec).ofItself(), 0));
    // The rectangle does not know that they are the same, and an angle has the root of rounding.
    assertThat(value(rectangle.pair(0, 0))).isEqualTo(Measures.of(spec).ofItself(), within(1e-7));
  }

  @Test
  void aPairWithoutAValueOnOneBatchHasNone() {
    MeasureSpec neighbours =
        MeasureSpec.of(Measure.MUTUAL_NEIGHBOURS, Map.of(Setting.NEIGHBOURS, 5));
    PairSums<?> sums = PairSums.ofGroup(Measures.of(neighbours), 1, (i, j) -> true);
    for (int n : new int[] {10, 5, 10}) {
      sums.row(0, DenseGram.ofFeatures(Features.normal(new Random(n), n, 2)));
      sums.endBatch();
    }

    assertThat(sums.pair(0, 0)).isEqualTo(MeasureValue.missing(Status.TOO_FEW_EXAMPLES));
  }

  @Test
  void ccaDoesNotGuessDirectionsThatFloat32Hides() {
    double[][] x = decaying(100);
    double[][] y = Features.normal(new Random(2), 60, 3);
    PairMeasure<?> cca = Measures.of(MeasureSpec.of(Measure.CCA, Map.of()));

    assertThat(cca.of(DenseGram.ofFeatures(x), DenseGram.ofFeatures(y)))
        .isEqualTo(MeasureValue.missing(Status.MORE_FEATURES_THAN_EXAMPLES));
    assertThat(cca.of(DenseGram.of(Features.gram32(x)), DenseGram.of(Features.gram32(y))))
        .isEqualTo(MeasureValue.missing(Status.ACTIVATIONS_NOT_KEPT));
  }

  /** Keeping the features would not help: they are not fewer than the examples. */
  @ParameterizedTest
  @EnumSource(names = {"CCA", "PWCCA"})
  void asManyFeaturesAsExamplesFillTheSpaceThatFloat32Hides(Measure metric) {
    DenseGram wide = DenseGram.of(Features.gram32(decaying(60)), 60);
    DenseGram narrow = DenseGram.ofFeatures(Features.normal(new Random(2), 60, 3));
    PairMeasure<?> measure = Measures.of(MeasureSpec.of(metric, Map.of()));
    assertThat(measure.of(wide, narrow))
        .isEqualTo(MeasureValue.missing(Status.MORE_FEATURES_THAN_EXAMPLES));
    assertThat(measure.of(narrow, wide))
        .isEqualTo(MeasureValue.missing(Status.MORE_FEATURES_THAN_EXAMPLES));
    DenseGram hidden = DenseGram.of(Features.gram32(decaying(59)), 59);
    assertThat(measure.of(hidden, narrow))
        .isEqualTo(MeasureValue.missing(Status.ACTIVATIONS_NOT_KEPT));
  }

  /** Of directions that float32 cannot tell from rounding. */
  private static double[][] decaying(int features) {
    double[][] x = Features.normal(new Random(1), 60, features);
    for (double[] row : x) {
      Arrays.setAll(row, j -> row[j] / ((1 + j) * (1 + j)));
    }
    return x;
  }

  @Test
  void pairsThatAreNotWantedCostNothing() {
    PairSums<?> sums = PairSums.ofGroup(Measures.of(PROCRUSTES), 2, (i, j) -> i == j);
    DenseGram gram = DenseGram.ofFeatures(Features.normal(new Random(1), 10, 2));
    sums.row(0, gram);
    sums.row(1, gram);
    sums.endBatch();

    // It would be 0 for the same representation twice, but was never computed.
    assertThat(sums.sums().sumOfSquares(0, 1, 1, 0, 0)).isZero();
    assertThat(value(sums.pair(1, 1))).isZero();
  }

  @Test
  void refusesWhatIsNoBatch() {
    PairSums<?> sums = PairSums.of(Measures.of(PROCRUSTES), 1, 1, (i, j) -> true);
    sums.row(0, DenseGram.ofFeatures(Features.normal(new Random(1), 10, 2)));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> sums.column(0, DenseGram.ofFeatures(Features.normal(new Random(1), 9, 2))))
        .withMessage("Invalid Gram matrix: n = 9 (must be 10)");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(sums::endBatch)
        .withMessage("Cannot end a batch: representation 0 was not given");
  }

  private static double overBatches(MeasureSpec spec, ReferenceCase reference) {
    PairSums<?> sums = PairSums.of(Measures.of(spec), 1, 1, (i, j) -> true);
    for (int from = 0; from < reference.n(); from += reference.batch()) {
      int to = from + reference.batch();
      add(sums, Features.rows(reference.x(), from, to), Features.rows(reference.y(), from, to));
    }
    return value(sums.pair(0, 0));
  }

  private static void add(PairSums<?> sums, double[][] x, double[][] y) {
    sums.row(0, DenseGram.ofFeatures(x));
    sums.column(0, DenseGram.ofFeatures(y));
    sums.endBatch();
  }

  private static void assertRelative(double actual, double expected) {
    assertThat(actual).isEqualTo(expected, within(1e-9 * Math.abs(expected)));
  }

  private static double value(MeasureValue similarity) {
    return similarity.value().orElseThrow();
  }
}
