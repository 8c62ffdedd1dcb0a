package io.similitude.similarity.gram;

/**
 * The Gram matrix of float32 features, centred within the batch, a block of features at a time.
 *
 * <p>Each feature is centred and each product summed in float64; the sums are rounded to float32
 * once, at the end. So a large mean costs no digits, and memory is that of the matrix and of one
 * block, whatever the number of features.
 */
final class BlockGram {
  /** Rows of a block lie in the first cache, and overhead for each is small. */
  private static final int BLOCK = 512;

  private final float[][] rows;
  private final int n;
  private final double[] sums;

  private BlockGram(float[][] rows) {
    this.rows = rows;
    this.n = rows.length;
    this.sums = new double[PackedGram.length(n)];
  }

  static PackedGram of(float[][] rows) {
    BlockGram gram = new BlockGram(rows);
    for (int from = 0; from < rows[0].length; from += BLOCK) {
      gram.add(from, Math.min(BLOCK, rows[0].length - from));
    }
    float[] packed = new float[gram.sums.length];
    for (int i = 0; i < packed.length; i++) {
      packed[i] = (float) gram.sums[i];
    }
    return PackedGram.of(gram.n, packed);
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
      for (float[] row : rows) {
        mean += row[from + k];
      }
      mean /= n;
      for (int i = 0; i < n; i++) {
        block[i * width + k] = rows[i][from + k] - mean;
      }
    }
    return block;
  }
}
