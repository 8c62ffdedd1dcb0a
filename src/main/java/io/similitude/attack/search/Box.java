package io.similitude.attack.search;

import java.util.Arrays;

/** The range of each variable. */
public final class Box {
  private final float[] lower;
  private final float[] upper;

  private Box(float[] lower, float[] upper) {
    this.lower = lower;
    this.upper = upper;
  }

  /** The box of changes that keep pixels in [0, 1]. */
  static Box around(float[] pixels) {
    float[] lower = new float[pixels.length];
    float[] upper = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      lower[i] = -pixels[i];
      upper[i] = 1 - pixels[i];
    }
    return new Box(lower, upper);
  }

  /** The box from -bound to bound for each of n variables. */
  public static Box symmetric(int n, float bound) {
    float[] lower = new float[n];
    float[] upper = new float[n];
    Arrays.fill(lower, -bound);
    Arrays.fill(upper, bound);
    return new Box(lower, upper);
  }

  public int variables() {
    return lower.length;
  }

  /** Moves every variable into its range, in place. */
  public float[] clamp(float[] variables) {
    for (int i = 0; i < variables.length; i++) {
      variables[i] = Math.min(upper[i], Math.max(lower[i], variables[i]));
    }
    return variables;
  }

  /** How far a variable may go from 0, upwards or downwards. */
  public float reach(int i, boolean upwards) {
    return upwards ? upper[i] : -lower[i];
  }

  /** Whether a variable has not reached the end of its range. */
  boolean hasRoom(int i, float value, boolean upwards) {
    return upwards ? value < upper[i] : value > lower[i];
  }
}
