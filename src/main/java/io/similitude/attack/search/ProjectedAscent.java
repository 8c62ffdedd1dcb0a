package io.similitude.attack.search;

/**
 * Projected gradient ascent: z &lt;- P(z + step direction(gradient)), where P projects onto the
 * ball and then onto the box. Since 0 is in the box, the second projection does not leave the ball.
 *
 * @param randomStart whether to start at a random point of the ball, or at 0
 */
public record ProjectedAscent(Ball ball, Box box, double stepSize, boolean randomStart)
    implements Ascent {
  @Override
  public float[] start(RandomSource.Stream random) {
    return ball.start(box, randomStart, random);
  }

  @Override
  public float[] next(float[] variables, double value, float[] gradient, int step) {
    return box.clamp(
        ball.project(moved(variables, ball.direction(gradient, variables, box), stepSize)));
  }

  /** The point {@code from + length direction}, in a new array. */
  public static float[] moved(float[] from, float[] direction, double length) {
    float[] moved = new float[from.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = (float) (from[i] + length * direction[i]);
    }
    return moved;
  }
}
