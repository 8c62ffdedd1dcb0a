package io.similitude.similarity.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.similitude.similarity.gram.BatchGroups;
import io.similitude.similarity.gram.CubicInvariants;
import io.similitude.similarity.gram.DenseGram;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.similarity.gram.UCentring;
import io.similitude.spec.measure.Measure;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class SignificanceTest {
  @Property(tries = 50)
  void theJackknifeOfSumsIsThatOfTheBatches(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = BatchGroups.MOST) int count) {
    List<HsicSums> batches = batches(new Random(seed), count);
    HsicSums sums = batches.stream().reduce(HsicSums.empty(2, 2), Features::add);

    // Both leave one batch out of the same sums; the terms cancel to their rounding.
    assertThat(Jackknife.error(sums, 0, 1, r -> r).orElseThrow())
        .isEqualTo(Jackknife.pair(batches, 0, 1).standardError().orElseThrow(), within(1e-9));
  }

  @Property(tries = 50)
  void moreBatchesGoRoundInGroups(
      @ForAll long seed,
      @ForAll @IntRange(min = BatchGroups.MOST + 1, max = 3 * BatchGroups.MOST) int count) {
    List<HsicSums> batches = batches(new Random(seed), count);
    HsicSums sums = batches.stream().reduce(HsicSums.empty(2, 2), Features::add);
    List<HsicSums> groups =
        IntStream.range(0, BatchGroups.MOST)
            .mapToObj(
                g ->
                    IntStream.iterate(g, b -> b < count, b -> b + BatchGroups.MOST)
                        .mapToObj(batches::get)
                        .reduce(HsicSums.empty(2, 2), Features::add))
            .toList();

    assertThat(Jackknife.error(sums, 1, 0, r -> r).orElseThrow())
        .isEqualTo(Jackknife.pair(groups, 1, 0).standardError().orElseThrow(), within(1e-9));
  }

  @Test
  void oneBatchHasNoJackknife() {
    assertThat(Jackknife.error(batches(new Random(1), 1).get(0), 0, 1, r -> r)).isEmpty();
  }

  @Property(tries = 50)
  void aGroupHasTheSumsOfARectangleOfItsPairs(@ForAll long seed) {
    Random random = new Random(seed);
    HsicSums group = HsicSums.ofGroup(4);
    HsicSums square = HsicSums.empty(4, 4);
    for (int batch = 0; batch < 3; batch++) {
      double[] norms = random.doubles(4, 0, 10).toArray();
      double[] cosines = new double[16];
      for (int i = 0; i < 4; i++) {
        for (int j = i; j < 4; j++) {
          cosines[4 * i + j] = random.nextDouble();
          cosines[4 * j + i] = cosines[4 * i + j];
        }
      }
      group.add(cosines, norms, norms, 9);
      square.add(cosines, norms, norms, 9);
    }
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        assertThat(group.hsic(i, j)).isEqualTo(square.hsic(i, j), within(1e-12));
        assertThat(group.sumOfSquares(i, j, 1, -2, 3))
            .isEqualTo(square.sumOfSquares(i, j, 1, -2, 3), within(1e-9));
        assertThat(group.nullMoments(i, j)).isEqualTo(square.nullMoments(i, j));
        assertThat(Jackknife.error(group, i, j, r -> r).isPresent())
            .isEqualTo(Jackknife.error(square, i, j, r -> r).isPresent());
      }
    }
  }

  @Property(tries = 30)
  void nullMomentsOfSumsAreThoseOfTheirBatches(@ForAll long seed) {
    Random random = new Random(seed);
    HsicSums sums = HsicSums.empty(1, 1);
    NullSums.Moments expected = NullSums.Moments.EMPTY;
    for (int n : new int[] {4, 5, 6, 11}) {
      CubicInvariants a = invariants(random, n);
      CubicInvariants b = invariants(random, n);
      double norm = 1 + random.nextDouble();
      sums.add(new double[] {0.5}, new double[] {norm}, new double[] {2}, n);
      sums.addInvariants(List.of(a), List.of(b));
      double scale = n * (n - 3.0);
      expected = expected.plus(norm * norm / scale, 4 / scale, a, b);
    }

    NullSums.Moments moments = sums.nullMoments(0, 0);
    assertThat(moments.variance()).isEqualTo(expected.variance(), within(1e-12));
    assertThat(moments.thirdMoment()).isEqualTo(expected.thirdMoment(), within(1e-12));
  }

  @Test
  void whatSharesNothingIsNoDiscoveryAndACopyIsOne() {
    Random random = new Random(11);
    MeasureSpec unbiased =
        MeasureSpec.of(
            Measure.DISTANCE_CORRELATION, Map.of(Setting.BIAS, MeasureSpec.Bias.UNBIASED));
    PairSums<?> sums = PairSums.ofGroup(Measures.of(unbiased), 3, (i, j) -> true);
    for (int batch = 0; batch < 4; batch++) {
      double[][] x = Features.normal(random, 40, 5);
      sums.row(0, DenseGram.ofFeatures(x));
      sums.row(1, DenseGram.ofFeatures(Features.normal(random, 40, 5)));
      sums.row(2, DenseGram.ofFeatures(Features.times(x, Features.rotation(random, 5))));
      sums.endBatch();
    }

    assertThat(sums.evidence(0, 1).pValue().orElseThrow()).isBetween(0.001, 0.999);
    assertThat(sums.evidence(0, 2).pValue().orElseThrow()).isLessThan(1e-20);
    assertThat(sums.evidence(0, 2).zScore().orElseThrow()).isGreaterThan(20);
    assertThat(sums.evidence(0, 0).pValue()).isEmpty();
    assertThat(sums.evidence(0, 0).jackknifeError()).hasValue(0);
  }

  @Test
  void aBiasedMeasureHasAnErrorAndNoNull() {
    PairSums<?> sums =
        PairSums.ofGroup(
            Measures.of(MeasureSpec.of(Measure.PROCRUSTES, Map.of())), 2, (i, j) -> true);
    for (int batch = 0; batch < 3; batch++) {
      for (int site = 0; site < 2; site++) {
        sums.row(site, DenseGram.ofFeatures(Features.normal(new Random(batch * 2 + site), 9, 3)));
      }
      sums.endBatch();
    }

    Significance evidence = sums.evidence(0, 1);
    // The jackknife of a mean is its standard error.
    assertThat(evidence.jackknifeError().orElseThrow())
        .isEqualTo(sums.pair(0, 1).standardError().orElseThrow(), within(1e-12));
    assertThat(evidence.zScore()).isEmpty();
    assertThat(evidence.pValue()).isEmpty();
  }

  @Test
  void travelsAndComesBack() throws Exception {
    Significance evidence =
        new Significance(
            OptionalDouble.of(0.1),
            OptionalDouble.of(-3),
            OptionalDouble.empty(),
            OptionalDouble.of(1));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(evidence);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(evidence);
    }
  }

  @Test
  void refusesWhatIsNoProbability() {
    OptionalDouble none = OptionalDouble.empty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Significance(none, none, OptionalDouble.of(1.5), none))
        .withMessage("Invalid p-value: 1.5 (must be from 0.0 to 1.0, or absent)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Significance(none, none, none, OptionalDouble.of(Double.NaN)))
        .withMessageStartingWith("Invalid q-value: NaN");
  }

  private static CubicInvariants invariants(Random random, int n) {
    double[] vector = new double[UCentring.length(n)];
    UCentring.centre(n, random.doubles(PackedGram.length(n)).toArray(), vector, 0);
    return CubicInvariants.of(n, vector);
  }

  private static List<HsicSums> batches(Random random, int count) {
    List<HsicSums> batches = new ArrayList<>();
    for (int batch = 0; batch < count; batch++) {
      batches.add(
          HsicSums.empty(2, 2)
              .add(
                  random.doubles(4, -1, 1).toArray(),
                  random.doubles(2, 1, 2).toArray(),
                  random.doubles(2, 1, 2).toArray(),
                  8));
    }
    return batches;
  }
}
