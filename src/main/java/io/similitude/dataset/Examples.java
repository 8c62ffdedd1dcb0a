package io.similitude.dataset;

import static java.util.Arrays.copyOfRange;

import io.similitude.dataset.image.ImageShape;
import java.util.Objects;
import java.util.Optional;

/**
 * A batch of N examples as plain arrays: the ids (indices in the data set), the pixels, and the
 * labels if the data set has them.
 *
 * <p>Immutable by convention: a batch is large, so the arrays are passed in and out without a copy.
 * Do not change them.
 */
public final class Examples {
  private final long[] ids;
  private final ImageShape shape;
  private final float[] pixels;
  private final Optional<int[]> labels;

  /**
   * Uses the arrays without a copy. @param pixels N x channels x height x width, row-major
   *
   * @param labels N classes, from 0
   */
  public Examples(long[] ids, ImageShape shape, float[] pixels, Optional<int[]> labels) {
    this.ids = Objects.requireNonNull(ids);
    this.shape = Objects.requireNonNull(shape);
    this.pixels = Objects.requireNonNull(pixels);
    this.labels = Objects.requireNonNull(labels);
    if (pixels.length != (long) ids.length * shape.size()) {
      throw new IllegalArgumentException(
          "Invalid pixels: %d values (must be %d examples of %s)"
              .formatted(pixels.length, ids.length, shape));
    }
    if (labels.isPresent() && labels.get().length != ids.length) {
      throw new IllegalArgumentException(
          "Invalid labels: %d (must be one for each of %d examples)"
              .formatted(labels.get().length, ids.length));
    }
  }

  /** The examples' indices in the data set. */
  public long[] ids() {
    return ids;
  }

  /** The shape of each image. */
  public ImageShape shape() {
    return shape;
  }

  /** N x channels x height x width, row-major; in [0, 1] if the data set stores bytes. */
  public float[] pixels() {
    return pixels;
  }

  /** The classes, from 0; empty if the data set has none. */
  public Optional<int[]> labels() {
    return labels;
  }

  /** The number N of examples. */
  public int count() {
    return ids.length;
  }

  /**
   * These examples, followed by copies of them in order from the first, so that the result has the
   * wanted number. If there are copies, the result has no labels.
   *
   * @throws IllegalArgumentException if there are already more
   */
  public Examples filledUp(int wanted) {
    if (count() > wanted || count() == 0) {
      throw new IllegalArgumentException(
          "Invalid pass: %d examples (must be 1 to %d)".formatted(count(), wanted));
    }
    if (count() == wanted) {
      return this;
    }
    long[] more = new long[wanted];
    float[] filled = new float[wanted * shape.size()];
    for (int i = 0; i < wanted; i++) {
      int from = i % count();
      more[i] = ids[from];
      System.arraycopy(pixels, from * shape.size(), filled, i * shape.size(), shape.size());
    }
    return new Examples(more, shape, filled, Optional.empty());
  }

  /** The examples from position {@code from} up to but not including {@code to}, as a copy. */
  public Examples slice(int from, int to) {
    Objects.checkFromToIndex(from, to, count());
    return new Examples(
        copyOfRange(ids, from, to),
        shape,
        copyOfRange(pixels, from * shape.size(), to * shape.size()),
        labels.map(all -> copyOfRange(all, from, to)));
  }
}
