package io.similitude.similarity.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.similitude.similarity.gram.DenseGram;
import io.similitude.spec.measure.Measure;
import io.similitude.spec.measure.MeasureSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Several passes over the same examples are not that many more examples. */
final class PassSumsTest {
  private static final MeasureSpec PROCRUSTES = MeasureSpec.of(Measure.PROCRUSTES, Map.of());

  @Property(tries = 20)
  void theSameBatchesAgainChangeNeitherValueNorError(@ForAll long seed) {
    double[][] x = Features.normal(new Random(seed), 40, 3);
    double[][] y = Features.plus(x, Features.normal(new Random(seed + 1), 40, 3));
    List<List<Integer>> pass = passes(40, 8, 1, new Random(0));

    for (MeasureSpec spec : List.of(MeasureSpec.CKA, PROCRUSTES)) {
      MeasureValue once = estimate(spec, x, y, pass);
      MeasureValue thrice =
          estimate(
              spec, x, y, IntStream.range(0, 3).boxed().flatMap(i -> pass.stream()).toList(), 5);

      assertThat(value(thrice)).isEqualTo(value(once), within(1e-12));
      assertThat(error(thrice)).isEqualTo(error(once), within(1e-8));
    }
  }

  @Property(tries = 20)
  void onePassIsThePlainEstimate(@ForAll long seed) {
    double[][] x = Features.normal(new Random(seed), 40, 3);
    double[][] y = Features.plus(x, Features.normal(new Random(seed + 1), 40, 3));
    HsicSums sums = HsicSums.empty(1, 1);
    for (int from = 0; from < 40; from += 8) {
      sums =
          Features.add(
              sums,
              Features.batch64(Features.rows(x, from, from + 8), Features.rows(y, from, from + 8)));
    }
    MeasureValue plain = MinibatchCka.pair(sums, 0, 0);

    List<List<Integer>> inOrder = new ArrayList<>();
    for (int from = 0; from < 40; from += 8) {
      inOrder.add(IntStream.range(from, from + 8).boxed().toList());
    }
    MeasureValue passed = estimate(MeasureSpec.CKA, x, y, inOrder);

    assertThat(value(passed)).isEqualTo(value(plain), within(1e-12));
    assertThat(error(passed)).isEqualTo(error(plain), within(1e-8));
  }

  @Test
  void intervalsAreNotTooShortWhateverTheNumberOfPasses() {
    for (int passes : new int[] {2, 5}) {
      // y = x + e, all of variance 1 in p dimensions: CKA = p / (sqrt(p) sqrt(4 p)) = 1/2.
      Simulation simulation =
          Simulation.of(
              1000,
              random -> {
                double[][] x = Features.normal(random, 480, 3);
                double[][] y = Features.plus(x, Features.normal(random, 480, 3));
                return estimate(MeasureSpec.CKA, x, y, passes(480, 12, passes, random), 480 / 12);
              });

      // The coverage of 1,000 draws is known to 0.7 %, the spread to 2.2 %.
      assertThat(simulation.coverage(0.5)).isGreaterThan(0.94);
      assertThat(simulation.meanError() / simulation.spread()).isBetween(0.95, 1.5);
    }
  }

  @Test
  void morePassesDoNotMakeTheErrorVanish() {
    Random random = new Random(5);
    double[][] x = Features.normal(random, 200, 2);
    double[][] y = Features.plus(x, Features.normal(random, 200, 2));

    double one = error(estimate(MeasureSpec.CKA, x, y, passes(200, 5, 1, random)));
    double many = error(estimate(MeasureSpec.CKA, x, y, passes(200, 5, 60, random), 40));

    // The error of one pass is known to 1 / sqrt(80) = 11 %; three of those.
    assertThat(many / one).isEqualTo(1, within(0.34));
  }

  private static List<List<Integer>> passes(int n, int batch, int passes, Random random) {
    List<List<Integer>> batches = new ArrayList<>();
    for (int pass = 0; pass < passes; pass++) {
      List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
      Collections.shuffle(order, random);
      for (int from = 0; from < n; from += batch) {
        batches.add(order.subList(from, from + batch));
      }
    }
    return batches;
  }

  @Test
  void passesHaveNoEvidenceAndMustBeAskedFor() {
    PairSums<?> once = PairSums.of(Measures.of(MeasureSpec.CKA), 1, 1, (i, j) -> true);
    PairSums<?> passes = PairSums.of(Measures.of(MeasureSpec.CKA), 1, 1, (i, j) -> true).inPasses();
    Random random = new Random(5);
    for (int b = 0; b < 4; b++) {
      double[][] x = Features.normal(random, 8, 3);
      double[][] y = Features.plus(x, Features.normal(random, 8, 3));
      for (PairSums<?> sums : List.of(once, passes)) {
        sums.row(0, DenseGram.ofFeatures(x));
        sums.column(0, DenseGram.ofFeatures(y));
        sums.endBatch();
      }
    }

    assertThat(once.evidence(0, 0).pValue()).isPresent();
    assertThat(passes.evidence(0, 0)).isEqualTo(Significance.NONE);
    assertThatIllegalStateException()
        .isThrownBy(once::endPass)
        .withMessageContaining("only one pass");
    assertThatIllegalStateException()
        .isThrownBy(once::inPasses)
        .withMessageContaining("a batch was already added");
  }

  private static MeasureValue estimate(
      MeasureSpec spec, double[][] x, double[][] y, List<List<Integer>> batches) {
    return estimate(spec, x, y, batches, batches.size());
  }

  private static MeasureValue estimate(
      MeasureSpec spec, double[][] x, double[][] y, List<List<Integer>> batches, int aPass) {
    PairSums<?> sums = PairSums.of(Measures.of(spec), 1, 1, (i, j) -> true).inPasses();
    for (int b = 0; b < batches.size(); b++) {
      List<Integer> batch = batches.get(b);
      sums.row(0, DenseGram.ofFeatures(batch.stream().map(i -> x[i]).toArray(double[][]::new)));
      sums.column(0, DenseGram.ofFeatures(batch.stream().map(i -> y[i]).toArray(double[][]::new)));
      sums.endBatch();
      if ((b + 1) % aPass == 0) {
        sums.endPass();
      }
    }
    return sums.pair(0, 0);
  }

  private static double value(MeasureValue similarity) {
    return similarity.value().orElseThrow();
  }

  private static double error(MeasureValue similarity) {
    return similarity.standardError().orElseThrow();
  }
}
