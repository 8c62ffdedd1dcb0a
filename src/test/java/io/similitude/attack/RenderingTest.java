package io.similitude.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.similitude.attack.search.Box;
import io.similitude.attack.search.L1Ball;
import io.similitude.attack.search.RandomSource;
import io.similitude.attack.search.Rendering;
import io.similitude.attack.unforeseen.Flake;
import io.similitude.attack.unforeseen.FrankWolfe;
import io.similitude.attack.unforeseen.GaborKernel;
import io.similitude.attack.unforeseen.GaborRendering;
import io.similitude.attack.unforeseen.JpegRendering;
import io.similitude.attack.unforeseen.SnowRendering;
import io.similitude.attack.unforeseen.SquareFilter;
import io.similitude.dataset.image.ImageShape;
import io.similitude.input.InputException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The renderings' images, and that their way back is the derivative of their way there. */
final class RenderingTest {
  private static final ImageShape COLOUR = new ImageShape(3, 16, 32);
  private static final ImageShape GREY = new ImageShape(1, 24, 8);

  @Test
  void jpegChangesTheCoefficientsByItsVariables() {
    for (ImageShape shape : List.of(COLOUR, GREY)) {
      float[] pixels = filled(shape.size(), 0.5f);
      JpegRendering jpeg = new JpegRendering(shape, pixels);
      float[] z = random(jpeg.variables(), 0.02f, 1);

      float[] image = jpeg.image(z);

      for (int i = 0; i < z.length; i++) {
        // Float32 pixels, 255 / 10 of a quantisation step at the finest.
        assertThat(JpegCoefficients.at(shape, image, i) - JpegCoefficients.at(shape, pixels, i))
            .isCloseTo(z[i], within(1e-4));
      }
    }
  }

  @Test
  void jpegsGradientIsItsDerivative() {
    for (ImageShape shape : List.of(COLOUR, GREY)) {
      JpegRendering jpeg = new JpegRendering(shape, random(shape.size(), 0.2f, 0.5f, 2));
      checkDerivative(jpeg, random(jpeg.variables(), 0.05f, 3), shape.size());
    }
  }

  @Test
  void jpegRefusesWhatItsBlocksDoNotFit() {
    assertThatThrownBy(() -> new JpegRendering(new ImageShape(3, 28, 28), new float[3 * 784]))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "Cannot attack images of 3 x 28 x 28 with jpeg: it wants 3 channels");
    assertThatThrownBy(() -> new JpegRendering(new ImageShape(2, 16, 16), new float[512]))
        .isInstanceOf(InputException.class);
  }

  @Test
  void snowsGradientIsItsDerivative() {
    ImageShape shape = new ImageShape(3, 10, 13);
    RandomSource.Stream stream = RandomSource.of(1, "a", "b").example(1);
    List<Flake> flakes = IntStream.range(0, 7).mapToObj(i -> Flake.random(true, stream)).toList();
    SnowRendering snow =
        new SnowRendering(shape, random(shape.size(), 0.3f, 0.3f, 4), 0.02f, flakes);

    checkDerivative(snow, random(7 * snow.rows() * snow.columns(), 0.2f, 0.5f, 5), shape.size());
  }

  @Test
  void snowLiesWhereItsFlakesAre() {
    ImageShape shape = new ImageShape(1, 40, 40);
    RandomSource.Stream stream = RandomSource.of(1, "a", "b").example(1);
    List<Flake> flakes = IntStream.range(0, 7).mapToObj(i -> Flake.random(false, stream)).toList();
    SnowRendering snow = new SnowRendering(shape, new float[shape.size()], 0.5f, flakes);
    float[] none = new float[7 * 10 * 10];
    float[] one = none.clone();
    one[(5 * 10 + 4) * 10 + 3] = 1; // Of kind 5, two rows down: its middle is at (18, 12).

    float[] clear = snow.image(none);
    float[] flake = snow.image(one);

    for (int i = 0; i < clear.length; i++) {
      assertThat(clear[i]).isEqualTo(0.125f);
      int dy = i / 40 - 18;
      int dx = i % 40 - 12;
      float cover = Math.abs(dy) <= 6 && Math.abs(dx) <= 6 ? flakes.get(5).at(dy, dx) : 0;
      assertThat(flake[i]).isCloseTo(0.125f + 0.5f * cover, within(1e-6f));
    }
    assertThat(flakes.get(5).at(0, 0)).isGreaterThan(0.3f);
    assertThat(flakes.get(5).at(-6, -6)).as("falls from the right").isZero();
  }

  @Test
  void gaborIsNoiseOfOneSignAndEvenStrength() {
    float[] pixels = filled(COLOUR.size(), 0.25f);
    RandomSource.Stream stream = RandomSource.of(1, "a", "b").example(1);
    GaborRendering gabor = new GaborRendering(COLOUR, pixels, 0.5f, GaborKernel.random(stream));

    float[] image = gabor.image(random(gabor.variables(), 1, 7));

    int plane = gabor.variables();
    float least = 1;
    float most = 0;
    for (int i = 0; i < plane; i++) {
      assertThat(image[i + plane]).isEqualTo(image[i]);
      least = Math.min(least, image[i]);
      most = Math.max(most, image[i]);
    }
    assertThat(least).isEqualTo(0.25f);
    assertThat(most).isEqualTo(0.75f);
    assertThat(gabor.image(new float[plane])).isEqualTo(pixels);
    assertThat(gabor.pullBack(new float[plane], filled(3 * plane, 1))).containsOnly(0);
  }

  @Test
  void aKernelsTransposeIsItsTranspose() {
    SquareFilter kernel = new SquareFilter(5, random(25, 1, 8));
    float[] a = random(7 * 9, 1, 9);
    float[] b = random(7 * 9, 1, 10);

    assertThat(product(kernel.apply(a, 7, 9), b))
        .isCloseTo(product(a, kernel.transposed(b, 7, 9)), within(1e-4));
    float[] point = new float[63];
    point[3 * 9 + 4] = 1;
    assertThat(kernel.transposed(point, 7, 9)[2 * 9 + 6])
        .isEqualTo(kernel.apply(point, 7, 9)[4 * 9 + 2]);
  }

  @Test
  void frankWolfeGoesToTheBestCornersOfTheBallAndTheBox() {
    FrankWolfe ascent = new FrankWolfe(new L1Ball(5, 1), 5, Box.symmetric(6, 2), true);
    float[] gradient = {1, -3, 0.5f, 2, 0, -0.1f};

    assertThat(ascent.next(new float[6], 0, gradient, 0)).containsExactly(1, -2, 0, 2, 0, 0);
    assertThat(ascent.next(new float[] {1, -2, 0, 2, 0, 0}, 0, new float[] {0, 0, 1, 0, 0, 0}, 1))
        .containsExactly(0.5f, -1, 1, 1, 0, 0);
    float[] start = ascent.start(RandomSource.of(1, "a", "b").example(1));
    assertThat(L1Ball.norm(start)).isBetween(0.1, 5.0);
  }

  /** Compares the pulled back gradient of a random linear function with difference quotients. */
  private static void checkDerivative(Rendering rendering, float[] z, int pixels) {
    float[] direction = random(pixels, 1, 11);
    float[] gradient = rendering.pullBack(z, direction);
    double largest = 0;
    for (float value : gradient) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < z.length; i += 7) {
      float before = z[i];
      float step = 0x1p-7f;
      z[i] = before + step;
      double up = product(rendering.image(z), direction);
      z[i] = before - step;
      double down = product(rendering.image(z), direction);
      z[i] = before;
      // Float32 images, and for snow a fourth power; a pixel may reach the end of its range.
      assertThat((up - down) / (2 * step)).isCloseTo(gradient[i], within(0.01 * largest));
    }
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static float[] filled(int n, float value) {
    float[] values = new float[n];
    Arrays.fill(values, value);
    return values;
  }

  private static float[] random(int n, float scale, long seed) {
    return random(n, 2 * scale, -scale, seed);
  }

  /** Uniform from an offset to the offset and the range. */
  private static float[] random(int n, float range, float offset, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = offset + range * random.nextFloat();
    }
    return values;
  }
}
