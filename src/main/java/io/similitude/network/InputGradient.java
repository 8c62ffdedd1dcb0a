package io.similitude.network;

import java.util.Objects;

/**
 * The result of a forward and a backward pass for N examples. The arrays are passed on without a
 * copy.
 */
public final class InputGradient {
  private final float[][] logits;
  private final float[] pixels;

  /** Stores the arrays without a copy. */
  public InputGradient(float[][] logits, float[] pixels) {
    this.logits = Objects.requireNonNull(logits);
    this.pixels = Objects.requireNonNull(pixels);
  }

  /** The logits of the forward pass: N arrays, one value for each class. */
  public float[][] logits() {
    return logits;
  }

  /** The gradient by the pixels: N x channels x height x width, row-major. */
  public float[] pixels() {
    return pixels;
  }
}
