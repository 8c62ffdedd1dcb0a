package io.similitude.spec;

import io.similitude.spec.key.Fingerprinted;
import java.io.Serializable;

/**
 * The attack of a training: projected gradient ascent.
 *
 * @param name {@value #LINF} or {@value #L2}
 * @param epsilon the radius, for pixels in [0, 1]
 * @param randomStart whether it starts at a random point of the ball
 */
public record TrainingAttack(
    String name, double epsilon, double stepSize, int steps, boolean randomStart)
    implements Fingerprinted, Serializable {
  public static final String LINF = "pgd-linf";
  public static final String L2 = "pgd-l2";

  public TrainingAttack {
    if (!(epsilon >= 0) || !(stepSize > 0) || steps < 1) {
      throw new IllegalArgumentException(
          "Invalid attack: epsilon %s, step size %s, %d steps".formatted(epsilon, stepSize, steps));
    }
  }

  @Override
  public String fingerprint() {
    return "%s epsilon=%s step=%s steps=%d random=%b"
        .formatted(
            name, Double.toHexString(epsilon), Double.toHexString(stepSize), steps, randomStart);
  }

  public boolean isEuclidean() {
    return name.equals(L2);
  }
}
