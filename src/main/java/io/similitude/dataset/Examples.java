package io.similitude.dataset;

import static java.util.Arrays.copyOfRange;

import io.similitude.dataset.image.ImageShape;
import java.util.Objects;
import java.util.Optional;

/**
 * A batch of examples as plain arrays, N of them: the ids (indices in the data set), the pixels,
 * and the labels where the data set has them.
 *
 * <p>Immutable by agreement: a batch is large, so the arrays are handed over and out without a
 * copy, and nobody writes to them.
 */
public final class Examples {
  private final long[] ids;
  private final ImageShape shape;
  private final float[] pixels;
  private final Optional<int[]> labels;

  /**
   * Takes over the arrays.
   *
   * @param pixels N x channels x height x width, row-major
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

  /** N x channels x height x width, row-major; in [0, 1] where the data set stores bytes. */
  public float[] pixels() {
    return pixels;
  }

  /** The classes, from 0; empty where the data set has none. */
  public Optional<int[]> labels() {
    return labels;
  }

  /** N. */
  public int count() {
    return ids.length;
  }

  /**
   * These examples and, behind them, copies of them from the first on, so that there are as many as
   * asked for; without labels if any is a copy.
   *
   * @throws IllegalArgumentException if there are more already
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
