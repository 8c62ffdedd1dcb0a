package io.similitude.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.attack.search.Ball;
import io.similitude.attack.search.Box;
import io.similitude.attack.search.L1Ball;
import io.similitude.attack.search.L2Ball;
import io.similitude.attack.search.Norm;
import io.similitude.attack.search.RandomSource;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BallTest {
  private static final int N = 40;
  private static final float EPSILON = 1.5f;

  /** Of sums of float32 values. */
  private static final double ROUNDING = 1e-5;

  @ParameterizedTest
  @EnumSource(Norm.class)
  void projectsOntoTheNearestPoint(Norm norm) {
    Ball ball = norm.ball(EPSILON, 1);
    RandomSource.Stream random = RandomSource.of(1, "a", "b").example(0);
    Random outside = new Random(2);
    for (int i = 0; i < 100; i++) {
      float[] z = new float[N];
      for (int k = 0; k < N; k++) {
        z[k] = (float) outside.nextGaussian();
      }
      float[] nearest = ball.project(z.clone());
      assertThat(length(norm).applyAsDouble(nearest)).isCloseTo(EPSILON, within(ROUNDING));
      for (int other = 0; other < 20; other++) {
        // Of a convex set p is the nearest point exactly if (z - p) (q - p) <= 0 for all its q.
        float[] q = ball.random(N, random);
        double product = 0;
        for (int k = 0; k < N; k++) {
          product += (z[k] - nearest[k]) * (double) (q[k] - nearest[k]);
        }
        assertThat(product).isLessThan(ROUNDING);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void leavesAPointInsideWhereItIs(Norm norm) {
    Ball ball = norm.ball(EPSILON, 1);
    float[] inside = ball.random(N, RandomSource.of(1, "a", "b").example(3));

    assertThat(ball.project(inside.clone())).isEqualTo(inside);
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void drawsPointsUniformly(Norm norm) {
    RandomSource.Stream random = RandomSource.of(1, "a", "b").example(4);
    Ball ball = norm.ball(EPSILON, 1);
    int half = 0;
    for (int i = 0; i < 4000; i++) {
      double length = length(norm).applyAsDouble(ball.random(3, random));
      assertThat(length).isLessThanOrEqualTo(EPSILON * (1 + 1e-6));
      half += length < EPSILON / 2 ? 1 : 0;
    }
    // An eighth of a ball's volume, in three dimensions; five standard errors.
    assertThat(half / 4000.0).isCloseTo(0.125, within(5 * Math.sqrt(0.125 * 0.875 / 4000)));
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void directionsHaveLengthOneAndClimb(Norm norm) {
    Ball ball = norm.ball(EPSILON, 0.1);
    Box box = Box.symmetric(N, 1);
    Random random = new Random(5);
    float[] gradient = new float[N];
    for (int k = 0; k < N; k++) {
      gradient[k] = (float) random.nextGaussian();
    }
    float[] direction = ball.direction(gradient, new float[N], box);

    double gain = 0;
    for (int k = 0; k < N; k++) {
      gain += gradient[k] * direction[k];
    }
    assertThat(length(norm).applyAsDouble(direction)).isCloseTo(1, within(ROUNDING));
    assertThat(gain).isGreaterThan(1);
    assertThat(ball.direction(new float[N], new float[N], box)).containsOnly(0);
  }

  private static ToDoubleFunction<float[]> length(Norm norm) {
    return switch (norm) {
      case LINF ->
          z -> {
            double largest = 0;
            for (float value : z) {
              largest = Math.max(largest, Math.abs(value));
            }
            return largest;
          };
      case L2 -> L2Ball::norm;
      case L1 -> L1Ball::norm;
    };
  }
}
