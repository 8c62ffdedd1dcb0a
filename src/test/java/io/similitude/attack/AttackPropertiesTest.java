package io.similitude.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.attack.search.Norm;
import io.similitude.attack.search.RandomSource;
import io.similitude.attack.unforeseen.SnowRendering;
import io.similitude.attack.unforeseen.Snowfall;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.network.Classifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What holds for every attack, whatever the images, the labels, the budget and the parameters. */
final class AttackPropertiesTest {
  private static final int COUNT = 3;

  /** Half a unit in the last place of a pixel just under 1, twice: in the pixel, and in the sum. */
  private static final double ROUNDING = 6e-8;

  @Provide
  Arbitrary<Variant> variants() {
    return Arbitraries.of(Variant.ALL);
  }

  @Provide
  Arbitrary<Variant> restarting() {
    return Arbitraries.of(
        Variant.ALL.stream().filter(variant -> variant.takes("restarts")).toList());
  }

  @Example
  void noAttackIsLeftOut() {
    assertThat(Variant.attacks()).isEqualTo(Attacks.parameters().keySet());
  }

  @Property
  void staysInItsBudgetAndInTheUnitCube(
      @ForAll("variants") Variant variant,
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0, max = 1) double part) {
    Random random = new Random(seed);
    Examples batch = labelled(random);
    double budget = part * variant.most();

    Examples perturbed = variant.perturb(Trial.network(seed), batch, budget, variant.drawn(random));

    assertThat(perturbed.ids()).isEqualTo(batch.ids());
    for (float pixel : perturbed.pixels()) {
      assertThat(pixel).isBetween(0f, 1f);
    }
    variant
        .norm()
        .ifPresent(
            norm -> {
              for (int i = 0; i < COUNT; i++) {
                assertThat(Trial.length(Trial.change(batch, perturbed, i), norm))
                    .isLessThanOrEqualTo(budget * (1 + 1e-5) + rounding(norm));
              }
            });
  }

  @Property
  void returnsTheInputWithoutABudget(@ForAll("variants") Variant variant, @ForAll long seed) {
    Random random = new Random(seed);
    Examples batch = labelled(random);

    assertThat(variant.perturb(Trial.network(seed), batch, 0, variant.drawn(random)).pixels())
        .isEqualTo(batch.pixels());
  }

  /** The first starts are the same, and the best end is kept. */
  @Property(tries = 100)
  void moreRestartsNeverHelpTheDefender(
      @ForAll("restarting") Variant variant,
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0.01, max = 0.3) double part) {
    TinyNetwork network = Trial.network(seed);
    Examples batch = Trial.examples(COUNT, seed, network);

    boolean[] one = fooled(network, restarted(variant, network, batch, part, 1));
    boolean[] three = fooled(network, restarted(variant, network, batch, part, 3));

    for (int i = 0; i < COUNT; i++) {
      assertThat(three[i]).isEqualTo(three[i] || one[i]);
    }
  }

  @Property(tries = 100)
  void moreTrialsOfPosesNeverHelpTheDefender(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int trials) {
    TinyNetwork network = Trial.network(seed);
    Examples batch = Trial.examples(COUNT, seed, network);

    boolean[] few = fooled(network, Trial.perturb(network, batch, "spatial", "trials", trials));
    boolean[] more =
        fooled(network, Trial.perturb(network, batch, "spatial", "trials", trials + 3));

    for (int i = 0; i < COUNT; i++) {
      assertThat(more[i]).isEqualTo(more[i] || few[i]);
    }
  }

  /** Of greyish images, whose pixels no clamp touches, the coefficients change by the budget. */
  @Property(tries = 60)
  void jpegsCoefficientsStayInTheirBudget(
      @ForAll Norm norm,
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0, max = 1) double part,
      @ForAll @IntRange(min = 1, max = 4) int steps) {
    ImageShape shape = Trial.SHAPE;
    Random random = new Random(seed);
    Examples batch = labelled(random);
    for (int i = 0; i < batch.pixels().length; i++) {
      batch.pixels()[i] = 0.45f + 0.1f * batch.pixels()[i];
    }
    double budget =
        part
            * switch (norm) {
              case LINF -> 0.01;
              case L2 -> 0.1;
              case L1 -> 0.3;
            };

    Examples perturbed =
        Trial.perturb(
            Trial.network(seed),
            batch,
            "jpeg",
            "norm",
            norm.keyword(),
            "epsilon",
            budget,
            "steps",
            steps);

    for (int example = 0; example < COUNT; example++) {
      float[] change = Trial.change(batch, perturbed, example);
      float[] coefficients = JpegCoefficients.of(shape, change);
      assertThat(Trial.length(coefficients, norm))
          .isLessThanOrEqualTo(budget * (1 + 1e-5) + coefficientRounding(norm));
    }
  }

  @Property(tries = 50)
  void aPoseIsOneOfTheBudget(
      @ForAll long seed,
      @ForAll @DoubleRange(min = 0, max = 180) double rotation,
      @ForAll @DoubleRange(min = 0, max = 8) double translation) {
    TinyNetwork network = Trial.network(seed);
    Examples batch = labelled(new Random(seed));
    int size = batch.shape().size();

    float[] perturbed =
        Trial.perturb(
                network,
                batch,
                "spatial",
                "search",
                "grid",
                "rotation",
                rotation,
                "translation",
                translation,
                "rotations",
                2,
                "translations",
                2)
            .pixels();

    for (int i = 0; i < COUNT; i++) {
      float[] pixels = Arrays.copyOfRange(batch.pixels(), i * size, (i + 1) * size);
      List<float[]> corners = new ArrayList<>();
      for (double angle : new double[] {-rotation, rotation}) {
        for (double right : new double[] {-translation, translation}) {
          for (double down : new double[] {-translation, translation}) {
            corners.add(new Pose(angle, right, down).of(batch.shape(), pixels));
          }
        }
      }
      float[] actual = Arrays.copyOfRange(perturbed, i * size, (i + 1) * size);
      assertThat(corners).anyMatch(corner -> Arrays.equals(corner, actual));
    }
  }

  @Property(tries = 100)
  void snowStaysSparseInEveryRegion(
      @ForAll @IntRange(min = 1, max = 20) int rows,
      @ForAll @IntRange(min = 1, max = 20) int columns,
      @ForAll @DoubleRange(min = 0.01, max = 2) double stepSize,
      @ForAll long seed) {
    Snowfall fall = new Snowfall(rows, columns, stepSize);
    Random random = new Random(seed);
    float[] brightness = fall.start(RandomSource.of(seed, "a", "b").example(1));
    for (int step = 0; step < 4; step++) {
      float[] gradient = new float[brightness.length];
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (float) random.nextGaussian();
      }
      brightness = fall.next(brightness, 0, gradient, step);
      for (int kind = 0; kind < SnowRendering.KINDS; kind++) {
        for (int top = 0; top < rows; top += 8) {
          for (int left = 0; left < columns; left += 8) {
            assertThat(mean(brightness, kind, rows, columns, top, left))
                .isLessThanOrEqualTo(0.2 * (1 + 1e-6));
          }
        }
      }
    }
    for (float value : brightness) {
      assertThat(value).isBetween(0f, 1f);
    }
  }

  private static double mean(
      float[] brightness, int kind, int rows, int columns, int top, int left) {
    double sum = 0;
    int count = 0;
    for (int y = top; y < Math.min(rows, top + 8); y++) {
      for (int x = left; x < Math.min(columns, left + 8); x++) {
        sum += brightness[(kind * rows + y) * columns + x];
        count++;
      }
    }
    return sum / count;
  }

  /** Images with labels that need not be the network's. */
  private static Examples labelled(Random random) {
    Examples examples = Trial.examples(COUNT, random.nextLong(), Trial.network(0));
    int[] labels = random.ints(COUNT, 0, Trial.CLASSES).toArray();
    return new Examples(examples.ids(), examples.shape(), examples.pixels(), Optional.of(labels));
  }

  private static Examples restarted(
      Variant variant, TinyNetwork network, Examples batch, double part, int restarts) {
    List<Object> parameters = new ArrayList<>();
    Collections.addAll(parameters, "steps", 3, "restarts", restarts);
    return variant.perturb(network, batch, part * variant.most(), parameters);
  }

  private static boolean[] fooled(TinyNetwork network, Examples examples) {
    float[][] logits = network.logits(examples);
    boolean[] fooled = new boolean[logits.length];
    for (int i = 0; i < fooled.length; i++) {
      fooled[i] = Classifier.predicted(logits[i]) != examples.labels().orElseThrow()[i];
    }
    return fooled;
  }

  /**
   * What rounding the pixels does to the length of the coefficients: pixels just under 1 are sums
   * of three components and the image, each rounded to 3e-8, and 255 / 10 of a quantisation step;
   * the transform keeps the l2 norm, and a coefficient is a sum of 64 pixels over 8.
   */
  private static double coefficientRounding(Norm norm) {
    double pixel = 25.5 * 2 * ROUNDING;
    double l2 = pixel * Math.sqrt(Trial.SHAPE.size());
    return switch (norm) {
      case LINF -> 8 * pixel;
      case L2 -> l2;
      case L1 -> l2 * Math.sqrt(Trial.SHAPE.size());
    };
  }

  /** What rounding every pixel does to a length. */
  private static double rounding(Norm norm) {
    int size = Trial.SHAPE.size();
    return ROUNDING
        * switch (norm) {
          case LINF -> 1;
          case L2 -> Math.sqrt(size);
          case L1 -> size;
        };
  }
}
