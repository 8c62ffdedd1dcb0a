package io.similitude.comparison.gram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.comparison.PartTask;
import io.similitude.comparison.SiteGroup;
import io.similitude.plan.Covariate;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Partial CKA of a group with itself and of two groups: the cut of the pairs does not matter. */
final class PartialCkaAccumulatorTest {
  private static final int SITES = 5;
  private static final int GIVEN = 2;
  private static final int BATCHES = 4;
  private static final int EXAMPLES = 12;

  @Property(tries = 20)
  void twoGroupsGiveWhatOneGives(@ForAll long seed) {
    List<List<SiteGram>> batches = batches(new Random(seed));
    PartialCkaAccumulator one = measure(group("a", SITES), group("a", SITES));
    PartialCkaAccumulator two = measure(group("a", 2), group("b", SITES - 2));
    for (List<SiteGram> sites : batches) {
      for (int i = 0; i < SITES; i++) {
        one.row(i, sites.get(i));
      }
      two.row(0, sites.get(0));
      two.row(1, sites.get(1));
      for (int j = 2; j < SITES; j++) {
        two.column(j - 2, sites.get(j));
      }
      for (int k = 0; k < GIVEN; k++) {
        one.given("g" + k, sites.get(SITES + k));
        two.given("g" + k, sites.get(SITES + k));
      }
      one.given("another measure's", sites.get(0));
      one.endBatch();
      two.endBatch();
    }

    for (int i = 0; i < 2; i++) {
      assertThat(one.pair(i, i)).isEqualTo(MeasureValue.of(1, 0));
      for (int j = 2; j < SITES; j++) {
        MeasureValue expected = one.pair(i, j);
        MeasureValue actual = two.pair(i, j - 2);
        assertThat(actual.value().orElseThrow())
            .isEqualTo(expected.value().orElseThrow(), within(1e-9));
        assertThat(actual.standardError().orElseThrow())
            .isEqualTo(expected.standardError().orElseThrow(), within(1e-9));
        assertThat(two.reversed(j - 2, i)).isEqualTo(actual);
      }
    }
    assertThat(one.sums().batches()).isEqualTo(BATCHES);
    assertThat(one.sums().examples()).isEqualTo(BATCHES * EXAMPLES);
  }

  @Property(tries = 5)
  void whatIsGivenItselfIsExplained(@ForAll long seed) {
    List<List<SiteGram>> batches = batches(new Random(seed));
    PartialCkaAccumulator measure = measure(group("a", 2), group("a", 2));
    for (List<SiteGram> sites : batches) {
      measure.row(0, sites.get(0));
      measure.row(1, sites.get(1));
      measure.given("g0", sites.get(1));
      measure.given("g1", sites.get(2));
      measure.endBatch();
    }

    assertThat(measure.pair(0, 1)).isEqualTo(MeasureValue.missing(Status.EXPLAINED_BY_GIVEN));
    assertThat(measure.pair(0, 0)).isEqualTo(MeasureValue.of(1, 0));
  }

  /** Of a thousand random features no two examples are near: no number is left at 0.02. */
  @Test
  void anExampleTooFarFromAllOthersHasItsStatusAlsoAmongTheGiven() {
    Random random = new Random(7);
    SiteGram far = gram(random, 1000);
    MeasureSpec narrow =
        MeasureSpec.of(Measure.CKA, Map.of(Setting.KERNEL, Kernel.RBF, Setting.BANDWIDTH, 0.02));
    for (int place = 0; place < 4; place++) {
      PartialCkaAccumulator measure = measure(group("a", 2), group("a", 2), narrow);
      List<SiteGram> sites = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        sites.add(i == place ? far : gram(random, 1));
      }
      measure.row(0, sites.get(0));
      measure.row(1, sites.get(1));
      measure.given("g0", sites.get(2));
      measure.given("g1", sites.get(3));
      measure.endBatch();

      assertThat(measure.pair(0, 1))
          .as("place %d", place)
          .isEqualTo(MeasureValue.missing(Status.BANDWIDTH_TOO_NARROW));
    }
  }

  private static PartialCkaAccumulator measure(SiteGroup rows, SiteGroup columns) {
    return measure(rows, columns, MeasureSpec.CKA);
  }

  private static PartialCkaAccumulator measure(
      SiteGroup rows, SiteGroup columns, MeasureSpec spec) {
    PartTask task = PartTask.of("s", rows, columns);
    List<Covariate> given = new ArrayList<>();
    for (int k = 0; k < GIVEN; k++) {
      given.add(new Covariate("g" + k, block("g", List.of(new StoredLayer(k, "g" + k, 3)))));
    }
    return new PartialCkaAccumulator(
        task, given, wider -> new PairwiseAccumulator<>(Measures.of(spec), wider, (i, j) -> true));
  }

  private static SiteGroup group(String checkpoint, int sites) {
    List<StoredLayer> layers = new ArrayList<>();
    for (int i = 0; i < sites; i++) {
      layers.add(new StoredLayer(i, "l" + i, 3));
    }
    return new SiteGroup(List.of(block(checkpoint, layers)));
  }

  private static SiteBlock block(String checkpoint, List<StoredLayer> layers) {
    return SiteBlock.of(checkpoint, "benign", layers, List.of(), Set.of());
  }

  private static SiteGram gram(Random random, int features) {
    float[][] rows = new float[EXAMPLES][features];
    for (float[] row : rows) {
      for (int j = 0; j < features; j++) {
        row[j] = (float) random.nextGaussian();
      }
    }
    return new SiteGram(PackedGram.ofFeatures(rows), null, null);
  }

  /** The sites' and the given's Gram matrices, batch by batch; all share something. */
  private static List<List<SiteGram>> batches(Random random) {
    List<List<SiteGram>> batches = new ArrayList<>();
    for (int b = 0; b < BATCHES; b++) {
      float[] shared = new float[EXAMPLES];
      for (int i = 0; i < EXAMPLES; i++) {
        shared[i] = (float) random.nextGaussian();
      }
      List<SiteGram> grams = new ArrayList<>();
      for (int site = 0; site < SITES + GIVEN; site++) {
        float[][] rows = new float[EXAMPLES][3];
        for (int i = 0; i < EXAMPLES; i++) {
          for (int j = 0; j < 3; j++) {
            rows[i][j] = (float) random.nextGaussian() + shared[i];
          }
        }
        grams.add(new SiteGram(PackedGram.ofFeatures(rows), null, null));
      }
      batches.add(grams);
    }
    return batches;
  }
}
