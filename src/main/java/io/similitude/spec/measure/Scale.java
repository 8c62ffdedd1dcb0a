package io.similitude.spec.measure;

/**
 * The direction of a measure, and the range of the quantity that it estimates.
 *
 * <p>An unbiased estimate can lie outside of the range: unbiased CKA of unrelated layers is about 0
 * and often a little below. Values are never clamped.
 */
public enum Scale {
  /** From 0 (nothing in common) to 1 (equal). */
  SIMILARITY(0, 1, ""),
  /** From -1 (opposite) over 0 (nothing in common) to 1 (equal). */
  CORRELATION(-1, 1, ""),
  /** From 0 (equal) to 2 (nothing in common). */
  SQUARED_DISTANCE(2, 0, ""),
  /** From 0 (equal) to a right angle (nothing in common). */
  ANGLE(Math.PI / 2, 0, "radians");

  private final double leastAlike;
  private final double mostAlike;
  private final String unit;

  Scale(double leastAlike, double mostAlike, String unit) {
    this.leastAlike = leastAlike;
    this.mostAlike = mostAlike;
    this.unit = unit;
  }

  /** Whether a larger value means that two representations are more similar. */
  public boolean isLargerMoreAlike() {
    return mostAlike > leastAlike;
  }

  /** The value of two representations that are as different as possible for the measure. */
  public double leastAlike() {
    return leastAlike;
  }

  /** The value of a representation with itself. */
  public double mostAlike() {
    return mostAlike;
  }

  /** The lower end of the range. */
  public double low() {
    return Math.min(leastAlike, mostAlike);
  }

  /** The upper end of the range. */
  public double high() {
    return Math.max(leastAlike, mostAlike);
  }

  /** The unit of the values; empty for plain numbers. */
  public String unit() {
    return unit;
  }
}
