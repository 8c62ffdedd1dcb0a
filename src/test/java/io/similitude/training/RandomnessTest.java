package io.similitude.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.program.TrainingProgram;
import io.similitude.program.architecture.Architectures;
import io.similitude.program.architecture.Initialization;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.Normalization;
import io.similitude.spec.TrainingAttack;
import io.similitude.spec.TrainingMethod;
import io.similitude.spec.TrainingSpec;
import io.similitude.spec.TrainingSpec.AttackMode;
import io.similitude.spec.TrainingSpec.OptimizerSpec;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a training draws: initial weights, order, augmentation, starts of attacks. */
final class RandomnessTest {
  private static final ImageShape IMAGE = new ImageShape(2, 5, 6);

  private static TrainingProgram program() {
    return Architectures.program(
            new NetworkSpec.BuiltIn(
                "n",
                "wide-resnet",
                Map.of("depth", 10, "width", 2, "classes", 10),
                Normalization.NONE),
            new ImageShape(3, 32, 32))
        .training();
  }

  /** Of networks of convolutions; {@link InitialWeightsTest} has the others. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "TORCHVISION_(CONVNEXT|VIT)")
  void initialWeightsHaveTheDeviationsOfTheirSources(Initialization how) {
    TrainingProgram program = program();
    StateDict drawn = InitialWeights.draw(program, how, 1);

    for (ExpectedTensor tensor : program.tensors()) {
      float[] values = drawn.get(tensor.name()).orElseThrow().toFloats();
      if (tensor.shape().length == 4) {
        double outputs = 9.0 * tensor.shape()[0];
        double inputs = tensor.elements() / (double) tensor.shape()[0];
        double normal = Math.sqrt(2 * (tensor.shape()[2] == 1 ? 9 : 1) / outputs);
        double expected = how == Initialization.PYTORCH ? 1 / Math.sqrt(3 * inputs) : normal;
        // Of n normal values the deviation is known to 1 / sqrt(2 n).
        assertThat(deviation(values))
            .as(tensor.name())
            .isCloseTo(expected, within(5 * expected / Math.sqrt(2.0 * values.length)));
      }
    }
    assertThat(floats(drawn, "block1.layer.0.bn1.weight")).containsOnly(1);
    assertThat(floats(drawn, "block1.layer.0.bn1.bias")).containsOnly(0);
    assertThat(floats(drawn, "bn1.running_mean")).containsOnly(0);
    assertThat(floats(drawn, "bn1.running_var")).containsOnly(1);
    boolean hasBias = how == Initialization.PYTORCH || how == Initialization.TORCHVISION_RESNET;
    assertThat(deviation(floats(drawn, "fc.bias")) > 0).isEqualTo(hasBias);
  }

  @Test
  void initialWeightsFollowFromTheSeedAlone() {
    TrainingProgram program = program();
    StateDict one = InitialWeights.draw(program, Initialization.WIDE_RESNET, 1);

    assertThat(floats(InitialWeights.draw(program, Initialization.WIDE_RESNET, 1), "fc.weight"))
        .isEqualTo(floats(one, "fc.weight"));
    assertThat(floats(InitialWeights.draw(program, Initialization.WIDE_RESNET, 2), "fc.weight"))
        .isNotEqualTo(floats(one, "fc.weight"));
  }

  @Test
  void anEpochHasEveryExampleOnceAndAnOrderOfItsOwn() {
    long[] ids = LongStream.range(100, 200).toArray();

    long[] first = EpochOrder.of(ids, 5, 0);

    assertThat(first).isEqualTo(EpochOrder.of(ids, 5, 0)).isNotEqualTo(ids);
    assertThat(first).isNotEqualTo(EpochOrder.of(ids, 5, 1)).containsExactlyInAnyOrder(ids);
    assertThat(EpochOrder.of(ids, 6, 0)).isNotEqualTo(first);
  }

  @Test
  void everyShiftAndMirrorImageComesUpAndNothingElse() {
    TrainingSpec recipe = Recipes.of(TrainingMethod.STANDARD);
    Examples batch = batch(600);
    Examples shown = new Augmentation(recipe).apply(batch, 1, 2);

    // The images are alike, and each pixel has a value of its own.
    long kinds =
        IntStream.range(0, 600).mapToObj(i -> Arrays.toString(image(shown, i))).distinct().count();
    // 9 x 9 shifts, mirrored or not; few are left out by chance.
    assertThat(kinds).isBetween(140L, 162L);
    for (int i = 0; i < 20; i++) {
      assertThat(isShiftOf(image(shown, i), image(batch, i))).isTrue();
    }
  }

  @Test
  void whatBecomesOfAnExampleDoesNotHangOnItsBatch() {
    TrainingSpec recipe = Recipes.of(TrainingMethod.PGD_AT);
    Examples batch = batch(8);
    Examples alone = batch.slice(3, 4);

    assertThat(image(new Augmentation(recipe).apply(batch, 1, 2), 3))
        .isEqualTo(new Augmentation(recipe).apply(alone, 1, 2).pixels());
    float[] starts = new AttackStart(recipe).draw(batch, 1, 2).orElseThrow();
    assertThat(Arrays.copyOfRange(starts, 3 * IMAGE.size(), 4 * IMAGE.size()))
        .isEqualTo(new AttackStart(recipe).draw(alone, 1, 2).orElseThrow());
  }

  @Test
  void attacksStartInTheirBalls() {
    Examples batch = batch(200);
    float[] cube = start(TrainingMethod.PGD_AT, TrainingAttack.LINF, 0.1, batch);
    assertThat(deviation(cube)).isCloseTo(0.1 / Math.sqrt(3), within(1e-3));
    float[] ball = start(TrainingMethod.PGD_AT, TrainingAttack.L2, 0.5, batch);
    double mean = 0;
    for (int i = 0; i < 200; i++) {
      double squares = 0;
      for (int k = 0; k < IMAGE.size(); k++) {
        squares += Math.pow(ball[i * IMAGE.size() + k], 2);
      }
      assertThat(Math.sqrt(squares)).isLessThanOrEqualTo(0.5 + 1e-6);
      mean += Math.sqrt(squares) / 200;
    }
    // The mean length in d dimensions is d / (d + 1) of the radius.
    assertThat(mean).isCloseTo(0.5 * 60 / 61, within(3e-3));
    float[] trades = start(TrainingMethod.TRADES, TrainingAttack.LINF, 0.1, batch);
    assertThat(deviation(trades)).isCloseTo(0.001, within(2e-5));
  }

  private static float[] start(TrainingMethod method, String name, double epsilon, Examples batch) {
    TrainingSpec recipe =
        Recipes.of(
            method,
            new OptimizerSpec(0.1, 0.9, 0, false),
            0,
            Optional.of(new TrainingAttack(name, epsilon, 0.01, 1, true)),
            AttackMode.EVALUATION,
            6);
    return new AttackStart(recipe).draw(batch, 3, 4).orElseThrow();
  }

  private static boolean isShiftOf(float[] shown, float[] image) {
    for (int down = -4; down <= 4; down++) {
      for (int right = -4; right <= 4; right++) {
        for (boolean mirrored : new boolean[] {false, true}) {
          if (Arrays.equals(shown, shifted(image, down, right, mirrored))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static float[] shifted(float[] image, int down, int right, boolean mirrored) {
    float[] shifted = new float[image.length];
    for (int c = 0; c < IMAGE.channels(); c++) {
      for (int y = 0; y < IMAGE.height(); y++) {
        for (int x = 0; x < IMAGE.width(); x++) {
          int fromY = y + down;
          int fromX = (mirrored ? IMAGE.width() - 1 - x : x) + right;
          boolean isInside =
              fromY >= 0 && fromY < IMAGE.height() && fromX >= 0 && fromX < IMAGE.width();
          shifted[(c * IMAGE.height() + y) * IMAGE.width() + x] =
              isInside ? image[(c * IMAGE.height() + fromY) * IMAGE.width() + fromX] : 0;
        }
      }
    }
    return shifted;
  }

  private static float[] image(Examples examples, int i) {
    return Arrays.copyOfRange(examples.pixels(), i * IMAGE.size(), (i + 1) * IMAGE.size());
  }

  private static Examples batch(int count) {
    float[] pixels = new float[count * IMAGE.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (i % IMAGE.size() + 1) / 64f;
    }
    return new Examples(
        LongStream.range(0, count).toArray(), IMAGE, pixels, Optional.of(new int[count]));
  }

  private static float[] floats(StateDict dict, String name) {
    return dict.get(name).orElseThrow().toFloats();
  }

  private static double deviation(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares / values.length);
  }
}
