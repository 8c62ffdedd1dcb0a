package io.similitude.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.similitude.dataset.Examples;
import io.similitude.input.InputException;
import io.similitude.network.Network;
import io.similitude.network.TestNetwork;
import io.similitude.plan.ExtractionPlan;
import io.similitude.program.Layer;
import io.similitude.program.LayerSelection;
import io.similitude.program.Program;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.spec.Activations;
import io.similitude.spec.Features;
import io.similitude.spec.LayersSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExtractorTest {
  /** Float32 through ten layers, in another order of operations than PyTorch 1.13's. */
  private static final float SAME = 1e-4f;

  private static final Program PROGRAM = TestNetwork.program();
  private static final List<Layer> LAYERS =
      LayerSelection.choose(LayersSpec.DEFAULT, PROGRAM.layers());

  @TempDir Path folder;

  @Test
  void everyLayerGivesWhatPyTorchGaveBeforeAnythingWroteOverIt() throws Exception {
    Extraction extraction =
        extract(plan(Activations.FULL, 6, OptionalInt.empty()), TestNetwork.examples());

    assertThat(extraction.representations())
        .extracting(representation -> representation.layer().name())
        .containsExactlyElementsOf(TestNetwork.layers());
    for (int i = 0; i < LAYERS.size(); i++) {
      assertSame(
          flat(extraction.representations().get(i).features().orElseThrow()),
          TestNetwork.activations(i),
          LAYERS.get(i).name());
    }
    assertSame(flat(extraction.logits()), TestNetwork.logits(), "logits");
  }

  @Test
  void aGramIsTheProductOfTheCentredFeatures() throws Exception {
    Examples batch = TestNetwork.examples(70);
    Extraction whole = extract(plan(Activations.FULL, 70, OptionalInt.empty()), batch);
    Extraction reduced = extract(plan(Activations.NONE, 70, OptionalInt.empty()), batch);

    for (int i = 0; i < LAYERS.size(); i++) {
      double[][] expected = centredGram(whole.representations().get(i).features().orElseThrow());
      assertClose(reduced.representations().get(i).gram(), expected, LAYERS.get(i).name());
    }
  }

  @Test
  void aBatchInSeveralPassesGivesWhatOnePassGives() throws Exception {
    Examples batch = TestNetwork.examples(30);
    for (Activations kept : Activations.values()) {
      Extraction one = extract(plan(kept, 30, OptionalInt.empty()), batch);
      Extraction several = extract(plan(kept, 30, OptionalInt.of(8)), batch);

      for (int i = 0; i < LAYERS.size(); i++) {
        Representation expected = one.representations().get(i);
        Representation actual = several.representations().get(i);
        assertClose(actual.gram(), square(expected.gram()), LAYERS.get(i).name());
        assertSame(
            actual.features().map(ExtractorTest::flat).orElse(new float[0]),
            expected.features().map(ExtractorTest::flat).orElse(new float[0]),
            LAYERS.get(i).name());
      }
      assertSame(flat(several.logits()), flat(one.logits()), "logits");
    }
  }

  @Test
  void pooledFeaturesAreTheMeansOverSpace() throws Exception {
    Examples batch = TestNetwork.examples(12);
    float[][] whole = firstFeatures(plan(Activations.FULL, 12, OptionalInt.empty()), batch);
    float[][] pooled = firstFeatures(plan(Activations.POOLED, 12, OptionalInt.empty()), batch);

    int pixels = 32 * 32;
    for (int example = 0; example < 12; example++) {
      for (int channel = 0; channel < pooled[example].length; channel++) {
        double sum = 0;
        for (int i = 0; i < pixels; i++) {
          sum += whole[example][channel * pixels + i];
        }
        assertThat((double) pooled[example][channel]).isCloseTo(sum / pixels, within(1e-5));
      }
    }
  }

  @Test
  void aValueThatIsNotFiniteIsNamed() throws Exception {
    Examples batch = TestNetwork.examples(8);
    batch.pixels()[3 * 32 * 32 * 5] = Float.NaN;

    for (OptionalInt passes : List.of(OptionalInt.empty(), OptionalInt.of(4))) {
      assertThatThrownBy(() -> extract(plan(Activations.NONE, 8, passes), batch))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "Cannot compare layer conv1: its values for example %d, number 5 of the batch, are"
                  + " not finite (leave these examples or the layer out, or mend the network)",
              batch.ids()[5]);
    }
  }

  @Test
  void valuesThatAreTooLargeForProductsAreNoExamplesFault() throws Exception {
    Examples batch = TestNetwork.examples(8);
    for (int i = 0; i < batch.pixels().length; i++) {
      batch.pixels()[i] *= 1e22f;
    }

    assertThatThrownBy(() -> extract(plan(Activations.NONE, 8, OptionalInt.empty()), batch))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "Cannot compare layer conv1: its Gram matrix is not finite, though");
  }

  /** The first convolution is linear, and the batch norm after it shares its products. */
  @Test
  void valuesWhoseSquaresLeaveFloat32HaveTheSameGramInAnotherUnit() throws Exception {
    Examples batch = TestNetwork.examples(70);
    Examples small = TestNetwork.examples(70);
    for (int i = 0; i < small.pixels().length; i++) {
      small.pixels()[i] *= 0x1p-84f;
    }
    for (OptionalInt passes : List.of(OptionalInt.empty(), OptionalInt.of(40))) {
      ExtractionPlan plan = plan(Activations.NONE, 70, passes);
      List<Representation> expected = extract(plan, batch).representations();
      List<Representation> actual = extract(plan, small).representations();

      for (int layer = 0; layer < (passes.isEmpty() ? 2 : 1); layer++) {
        PackedGram gram = actual.get(layer).gram();
        assertThat(expected.get(layer).gram().exponent()).isZero();
        assertThat(gram.exponent()).isEqualTo(-192);
        double[][] entries = square(expected.get(layer).gram());
        for (double[] row : entries) {
          for (int j = 0; j < row.length; j++) {
            row[j] *= 0x1p24;
          }
        }
        assertClose(gram, entries, LAYERS.get(layer).name());
      }
    }
  }

  @Test
  void aLayerOfZerosIsConstantAndInNoUnit() throws Exception {
    Examples black = TestNetwork.examples(8);
    Arrays.fill(black.pixels(), 0);

    PackedGram gram =
        extract(plan(Activations.NONE, 8, OptionalInt.empty()), black)
            .representations()
            .get(0)
            .gram();

    assertThat(gram.packed()).containsOnly(0);
    assertThat(gram.exponent()).isZero();
  }

  private static ExtractionPlan plan(Activations kept, int batch, OptionalInt microBatch) {
    return new ExtractionPlan(PROGRAM, LAYERS, Features.FULL, kept, batch, microBatch);
  }

  private Extraction extract(ExtractionPlan plan, Examples batch) throws Exception {
    try (Network network = TestNetwork.load(plan.passTaps(), folder)) {
      return new Extractor(plan).extract(network, batch);
    }
  }

  private float[][] firstFeatures(ExtractionPlan plan, Examples batch) throws Exception {
    return extract(plan, batch).representations().get(0).features().orElseThrow();
  }

  private static float[] flat(float[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[i].length);
    }
    return flat;
  }

  private static void assertSame(float[] actual, float[] expected, String layer) {
    assertThat(actual).as(layer).hasSameSizeAs(expected);
    double largest = 0;
    for (int i = 0; i < actual.length; i++) {
      largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
    }
    assertThat(largest).as(layer).isLessThan(SAME);
  }

  /** In float64, straight from the definition. */
  private static double[][] centredGram(float[][] features) {
    int n = features.length;
    int p = features[0].length;
    double[] mean = new double[p];
    for (float[] row : features) {
      for (int k = 0; k < p; k++) {
        mean[k] += row[k] / (double) n;
      }
    }
    double[][] centred = new double[n][p];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < p; k++) {
        centred[i][k] = features[i][k] - mean[k];
      }
    }
    double[][] gram = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < p; k++) {
          gram[i][j] += centred[i][k] * centred[j][k];
        }
      }
    }
    return gram;
  }

  private static double[][] square(PackedGram gram) {
    double[][] square = new double[gram.n()][gram.n()];
    for (int i = 0; i < gram.n(); i++) {
      for (int j = 0; j < gram.n(); j++) {
        square[i][j] = gram.get(i, j);
      }
    }
    return square;
  }

  /** Relative to the largest entry: the rounding of a product is that of its summands. */
  private static void assertClose(PackedGram actual, double[][] expected, String layer) {
    double scale = 0;
    for (int i = 0; i < expected.length; i++) {
      scale = Math.max(scale, expected[i][i]);
    }
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected.length; j++) {
        assertThat((double) actual.get(i, j))
            .as("%s [%d, %d]", layer, i, j)
            .isCloseTo(expected[i][j], within(2e-5 * scale));
      }
    }
  }
}
