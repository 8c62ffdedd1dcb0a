package io.similitude.similarity.measure;

import io.similitude.similarity.gram.PackedGram;
import io.similitude.similarity.gram.UCentring;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** Feature matrices, examples x features, and the way from them to HSIC sums. */
public final class Features {
  private Features() {}

  public static double[][] normal(Random random, int n, int p) {
    double[][] x = new double[n][p];
    for (double[] row : x) {
      Arrays.setAll(row, j -> random.nextGaussian());
    }
    return x;
  }

  public static double[][] times(double[][] x, double[][] w) {
    double[][] y = new double[x.length][w[0].length];
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < w.length; k++) {
        for (int j = 0; j < w[0].length; j++) {
          y[i][j] += x[i][k] * w[k][j];
        }
      }
    }
    return y;
  }

  public static double[][] plus(double[][] x, double[][] y) {
    double[][] sum = new double[x.length][x[0].length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[0].length; j++) {
        sum[i][j] = x[i][j] + y[i][j];
      }
    }
    return sum;
  }

  /** Gram-Schmidt of a random matrix. */
  static double[][] rotation(Random random, int p) {
    double[][] q = normal(random, p, p);
    for (int i = 0; i < p; i++) {
      for (int k = 0; k < i; k++) {
        double along = dot(q[i], q[k]);
        for (int j = 0; j < p; j++) {
          q[i][j] -= along * q[k][j];
        }
      }
      double norm = Math.sqrt(dot(q[i], q[i]));
      for (int j = 0; j < p; j++) {
        q[i][j] /= norm;
      }
    }
    return q;
  }

  public static double[][] rows(double[][] x, int from, int to) {
    return Arrays.copyOfRange(x, from, to);
  }

  /** The packed Gram matrix of centred features. */
  public static double[] gram(double[][] x) {
    double[][] centred = centred(x);
    double[] packed = new double[PackedGram.length(x.length)];
    int k = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = i; j < x.length; j++) {
        packed[k++] = dot(centred[i], centred[j]);
      }
    }
    return packed;
  }

  public static PackedGram gram32(double[][] x) {
    double[] gram = gram(x);
    float[] packed = new float[gram.length];
    for (int k = 0; k < packed.length; k++) {
      packed[k] = (float) gram[k];
    }
    return PackedGram.of(x.length, packed);
  }

  /** One batch in float64, a single pair. */
  static HsicSums batch64(double[][] x, double[][] y) {
    int n = x.length;
    double[] a = new double[UCentring.length(n)];
    double[] b = new double[UCentring.length(n)];
    double normA = UCentring.centre(n, gram(x), a, 0);
    double normB = UCentring.centre(n, gram(y), b, 0);
    return HsicSums.empty(1, 1)
        .add(new double[] {dot(a, b)}, new double[] {normA}, new double[] {normB}, n);
  }

  /** Adds the sums of one batch to others, by what they say of it. */
  static HsicSums add(HsicSums sums, HsicSums batch) {
    int n = Math.toIntExact(batch.examples());
    double[] a = IntStream.range(0, sums.rows()).mapToDouble(batch::rowHsic).toArray();
    double[] b = IntStream.range(0, sums.columns()).mapToDouble(batch::columnHsic).toArray();
    double[] cosines = new double[a.length * b.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        double scale = Math.sqrt(a[i]) * Math.sqrt(b[j]);
        cosines[i * b.length + j] = scale > 0 ? batch.hsic(i, j) / scale : 0;
      }
    }
    return sums.add(cosines, norms(a, n), norms(b, n), n);
  }

  private static double[] norms(double[] hsic, int n) {
    return Arrays.stream(hsic).map(value -> Math.sqrt(value * n * (n - 3.0))).toArray();
  }

  /** One batch as the pipeline does it: Gram, vectors and products in float32. */
  static HsicSums batch32(double[][] x, double[][] y) {
    int n = x.length;
    float[] a = new float[UCentring.length(n)];
    float[] b = new float[UCentring.length(n)];
    double normA = UCentring.centre(gram32(x), a, 0);
    double normB = UCentring.centre(gram32(y), b, 0);
    return HsicSums.empty(1, 1)
        .add(new float[] {dot(a, b)}, new double[] {normA}, new double[] {normB}, n);
  }

  public static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  public static float dot(float[] a, float[] b) {
    float sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static double[][] centred(double[][] x) {
    double[] means = new double[x[0].length];
    for (double[] row : x) {
      for (int j = 0; j < means.length; j++) {
        means[j] += row[j] / x.length;
      }
    }
    double[][] centred = new double[x.length][means.length];
    for (int i = 0; i < x.length; i++) {
      double[] row = x[i];
      Arrays.setAll(centred[i], j -> row[j] - means[j]);
    }
    return centred;
  }
}
