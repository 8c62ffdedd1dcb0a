package io.similitude.similarity.gram;

/**
 * The Gram matrix of features, centred within the batch, a block of features at a time.
 *
 * <p>Each feature is centred and each product summed in float64; the sums are rounded to float32
 * once, at the end. So a large mean costs no digits. For any number of features, the memory is that
 * of the matrix and of one block. Features that are equal for all examples up to rounding give
 * zeros ({@link Constancy}). If the features are very small, the matrix is in another unit.
 */
final class BlockGram {
  /** The rows of a block fit in the first-level cache, and the overhead per block is small. */
  private static final int BLOCK = 512;

  /**
   * Below this sum of squares float32 loses digits of the matrix. Then the matrix gets another
   * unit.
   */
  private static final double SMALL = 0x1p-80;

  private static final int ENLARGEMENT = 192;

  private final int n;
  private final Features features;
  private final double unit;
  private final double[] sums;
  private final Constancy constancy;

  private BlockGram(int n, Features features, int exponent) {
    this.n = n;
    this.features = features;
    this.unit = Math.scalb(1.0, exponent);
    this.sums = new double[PackedGram.length(n)];
    this.constancy = new Constancy(n);
  }

  /** Feature j of example i. */
  @FunctionalInterface
  interface Features {
    double at(int i, int j);
  }

  static PackedGram of(int n, int p, Features features, int exponent) {
    BlockGram gram = new BlockGram(n, features, exponent);
    for (int from = 0; from < p; from += BLOCK) {
      gram.add(from, Math.min(BLOCK, p - from));
    }
    float[] packed = new float[gram.sums.length];
    int above = gram.trace() < SMALL ? ENLARGEMENT : 0;
    for (int i = 0; i < packed.length && !gram.constancy.isRounding(); i++) {
      packed[i] = (float) Math.scalb(gram.sums[i], above);
    }
    return PackedGram.of(n, packed, -above);
  }

  private double trace() {
    double trace = 0;
    for (int i = 0; i < n; i++) {
      trace += sums[PackedGram.index(n, i, i)];
    }
    return trace;
  }

  private void add(int from, int width) {
    double[] block = centred(from, width);
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++, at++) {
        sums[at] += Vectors.dot(block, i * width, block, j * width, width);
      }
    }
  }

  private double[] centred(int from, int width) {
    double[] block = new double[Math.multiplyExact(n, width)];
    for (int k = 0; k < width; k++) {
      double mean = 0;
      for (int i = 0; i < n; i++) {
        mean += scaled(i, from + k);
      }
      mean /= n;
      for (int i = 0; i < n; i++) {
        double value = scaled(i, from + k);
        block[i * width + k] = value - mean;
        constancy.add(value, value - mean);
      }
    }
    return block;
  }

  private double scaled(int i, int j) {
    return features.at(i, j) * unit;
  }
}
