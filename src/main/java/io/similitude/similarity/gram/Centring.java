package io.similitude.similarity.gram;

import java.util.Arrays;

/** Double centring: K becomes H K H with H = I - 1 1&#7488; / n, in place. */
final class Centring {
  private Centring() {}

  /** Centres a symmetric n x n matrix, given in full. */
  static void centre(int n, double[] k) {
    double[] means = new double[n];
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += k[i * n + j];
      }
      means[i] = sum / n;
    }
    double mean = Arrays.stream(means).sum() / n;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        k[i * n + j] += mean - means[i] - means[j];
      }
    }
  }
}
