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
import io.similitude.similarity.measure.Status;
import io.similitude.spec.measure.Kernel;
import io.similitude.spec.measure.Measure;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gram matrices in the unit of a power of two give the measures of the features at any scale. */
final class SmallFeaturesTest {
  private static final int EXAMPLES = 20;
  private static final int BATCHES = 3;

  /** From ordinary ones down to the smallest numbers of float32. */
  private static final int[] EXPONENTS = {0, -192, -210, -250, -298};

  @BeforeAll
  static void configure() {
    TorchEngine.configure(1);
  }

  @ParameterizedTest
  @MethodSource("measures")
  void noMeasureSeesTheScale(MeasureSpec spec) {
    MeasureValue ordinary = value(spec, 0, 0);

    for (int a : EXPONENTS) {
      for (int b : EXPONENTS) {
        MeasureValue small = value(spec, a, b);
        assertThat(small.status()).as("%d %d", a, b).isEqualTo(Status.OK);
        assertThat(small.value().getAsDouble())
            .as("%d %d", a, b)
            .isEqualTo(ordinary.value().getAsDouble(), within(1e-12));
        small
            .standardError()
            .ifPresent(
                error ->
                    assertThat(error)
                        .isEqualTo(ordinary.standardError().getAsDouble(), within(1e-9)));
      }
    }
    assertThat(value(spec, -192, -192).standardError()).isPresent();
  }

  @Test
  void bytesKeepTheUnit() {
    PackedGram gram = gram(new Random(3), -192);

    assertThat(gram.toBytes()).hasSize(4 * PackedGram.length(EXAMPLES) + 4);
    assertThat(PackedGram.ofBytes(EXAMPLES, gram.toBytes())).isEqualTo(gram);
    assertThat(gram(new Random(3), 0).toBytes()).hasSize(4 * PackedGram.length(EXAMPLES));
    assertThat(gram).isNotEqualTo(gram(new Random(3), 0));
  }

  @ParameterizedTest
  @ValueSource(floats = {0x1p-84f, 0x1p-100f})
  void featuresMadeElsewhereHaveTheUnitToo(float factor) {
    Random random = new Random(5);
    float[][] rows = new float[EXAMPLES][4];
    float[][] small = new float[EXAMPLES][4];
    for (int i = 0; i < EXAMPLES; i++) {
      for (int j = 0; j < 4; j++) {
        rows[i][j] = (float) random.nextGaussian();
        small[i][j] = rows[i][j] * factor;
      }
    }
    PackedGram ordinary = PackedGram.ofFeatures(rows);
    PackedGram gram = PackedGram.ofFeatures(small);

    assertThat(gram.exponent()).isEqualTo(-192);
    double scale = Math.scalb((double) factor * factor, 192);
    for (int i = 0; i < EXAMPLES; i++) {
      assertThat((double) gram.get(0, i)).isEqualTo(ordinary.get(0, i) * scale);
    }
  }

  private static Stream<MeasureSpec> measures() {
    return Stream.of(
        MeasureSpec.CKA,
        MeasureSpec.of(Measure.CKA, Map.of(Setting.BIAS, MeasureSpec.Bias.BIASED)),
        MeasureSpec.of(Measure.CKA, Map.of(Setting.KERNEL, Kernel.RBF)),
        MeasureSpec.of(Measure.PROCRUSTES, Map.of()),
        MeasureSpec.of(Measure.RSA, Map.of()));
  }

  /** Of a pair with one batch after the other, and the evidence, which must be made too. */
  private static MeasureValue value(MeasureSpec spec, int a, int b) {
    SiteGroup rows = group("a");
    PartTask task = PartTask.of("s", rows, group("b"));
    Random random = new Random(1);
    Accumulator measure =
        Measures.product(spec)
            .<Accumulator>map(
                product ->
                    new ProductAccumulator(
                        spec, product, task, WantedProducts.all(), Optional.empty()))
            .orElseGet(
                () -> new PairwiseAccumulator<>(Measures.of(spec), task, (row, column) -> true));
    try (measure;
        GramInvariants invariants = new GramInvariants(Optional.empty())) {
      for (int batch = 0; batch < BATCHES; batch++) {
        measure.row(0, site(gram(random, a), invariants));
        measure.column(0, site(gram(random, b), invariants));
        measure.endBatch();
      }
      MeasureValue value = measure.pair(0, 0);
      measure.evidence(0, 0, value);
      return value;
    }
  }

  private static SiteGram site(PackedGram gram, GramInvariants invariants) {
    return new SiteGram(gram, invariants.summary(gram), null);
  }

  private static SiteGroup group(String checkpoint) {
    return new SiteGroup(
        List.of(
            SiteBlock.of(
                checkpoint, "benign", List.of(new StoredLayer(0, "l", 3)), List.of(), Set.of())));
  }

  private static PackedGram gram(Random random, int exponent) {
    float[][] rows = new float[EXAMPLES][5];
    for (int i = 0; i < EXAMPLES; i++) {
      for (int j = 0; j < 5; j++) {
        rows[i][j] = (float) random.nextGaussian() + i * 0.1f;
      }
    }
    return PackedGram.of(EXAMPLES, PackedGram.ofFeatures(rows).packed(), exponent);
  }
}
