package io.similitude.network;

import java.util.Objects;

/** A forward and a backward pass over N examples. The arrays are handed over without a copy. */
public final class InputGradient {
  private final float[][] logits;
  private final float[] pixels;

  /** Takes over the arrays. */
  public InputGradient(float[][] logits, float[] pixels) {
    this.logits = Objects.requireNonNull(logits);
    this.pixels = Objects.requireNonNull(pixels);
  }

  /** The logits that the forward pass gave: N arrays, one value a class. */
  public float[][] logits() {
    return logits;
  }

  /** The gradient by the pixels: N x channels x height x width, row-major. */
  public float[] pixels() {
    return pixels;
  }
}
