package io.similitude.analysis.finding;

import io.similitude.analysis.statistics.EqualLagContrast;
import io.similitude.analysis.statistics.FirstComponent;
import io.similitude.analysis.statistics.LagCurve;
import io.similitude.analysis.statistics.Segmentation;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.similarity.gram.UCentring;
import io.similitude.similarity.gram.Vectors;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.spec.FindingsSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Computes how the first principal components of a network's layers relate to the similarity of the
 * layers, batch by batch.
 */
public final class DominanceSums {
  private final int layers;
  private final double[][] with;
  private final double[][] without;
  private final double[][] alignment;
  private final double[] shares;
  private final double[] carriers;
  private final boolean[] constant;
  private int batches;
  private int examples;

  public DominanceSums(int layers) {
    this.layers = layers;
    this.with = new double[layers][layers];
    this.without = new double[layers][layers];
    this.alignment = new double[layers][layers];
    this.shares = new double[layers];
    this.carriers = new double[layers];
    this.constant = new boolean[layers];
  }

  /**
   * Adds a batch.
   *
   * @param grams one for each layer, in their order
   */
  public void add(List<PackedGram> grams) {
    List<float[]> whole = new ArrayList<>();
    List<float[]> rest = new ArrayList<>();
    List<double[]> components = new ArrayList<>();
    double[] weights = new double[layers];
    double[] restWeights = new double[layers];
    int n = grams.get(0).n();
    for (int l = 0; l < layers; l++) {
      double[] dense = dense(grams.get(l));
      FirstComponent first = FirstComponent.of(n, dense);
      shares[l] += first.value() * first.value() / Vectors.dot(dense, dense);
      carriers[l] += first.carriers();
      components.add(first.vector());
      weights[l] = centre(n, dense, whole);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          dense[i * n + j] -= first.value() * first.vector()[i] * first.vector()[j];
        }
      }
      restWeights[l] = centre(n, dense, rest);
      constant[l] |= !(weights[l] > 0 && restWeights[l] > 0);
    }
    for (int a = 0; a < layers; a++) {
      double[] wholes = products(whole, a);
      double[] rests = products(rest, a);
      for (int b = a; b < layers; b++) {
        double cosine = Vectors.dot(components.get(a), components.get(b));
        add(alignment, a, b, cosine * cosine);
        add(with, a, b, weights[a] * weights[b] * wholes[b]);
        add(without, a, b, restWeights[a] * restWeights[b] * rests[b]);
      }
    }
    examples = Math.max(examples, n);
    batches++;
  }

  /** The summary over all batches; null if fewer than two layers are not constant. */
  public DominanceSummary summary(
      MeasureColumns measure, String checkpoint, String view, FindingsSpec.Blocks settings) {
    int[] kept = IntStream.range(0, layers).filter(l -> !constant[l]).toArray();
    if (kept.length < 2) {
      return null;
    }
    double[][] cka = normalised(with, kept);
    double[][] rest = normalised(without, kept);
    double[][] aligned = at(alignment, kept);
    return new DominanceSummary(
        measure,
        checkpoint,
        view,
        LagCurve.offDiagonal(aligned) / batches,
        IntStream.of(kept).mapToDouble(l -> shares[l] / batches).average().orElseThrow(),
        IntStream.of(kept).mapToDouble(l -> carriers[l] / batches).average().orElseThrow(),
        examples,
        LagCurve.offDiagonal(cka),
        LagCurve.offDiagonal(rest),
        contrast(cka, rest, settings));
  }

  /** The contrast without the first components, for the segments that were found with them. */
  private static Double contrast(double[][] cka, double[][] rest, FindingsSpec.Blocks settings) {
    if (cka.length < Math.max(SquareSummary.FEWEST_LAYERS, 2 * settings.least())) {
      return null;
    }
    Segmentation segments = Segmentation.of(cka, Blocks.MOST, settings.least());
    int found = Math.max(2, segments.least(settings.tau()).orElse(segments.most()));
    return EqualLagContrast.of(rest, segments.borders(found)).orElseThrow();
  }

  private static double centre(int n, double[] dense, List<float[]> vectors) {
    double[] packed = new double[PackedGram.length(n)];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        packed[at++] = dense[i * n + j];
      }
    }
    double[] vector = new double[UCentring.length(n)];
    double norm = UCentring.centre(n, packed, vector, 0);
    float[] narrow = new float[vector.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) vector[i];
    }
    vectors.add(narrow);
    return norm / Math.sqrt(n * (n - 3.0));
  }

  private static double[] dense(PackedGram gram) {
    int n = gram.n();
    double[] dense = new double[n * n];
    float[] packed = gram.packed();
    double unit = Math.scalb(1.0, gram.exponent());
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        dense[i * n + j] = packed[at] * unit;
        dense[j * n + i] = packed[at++] * unit;
      }
    }
    return dense;
  }

  /** The inner products of a vector with itself and with all after it, four at a time. */
  private static double[] products(List<float[]> vectors, int first) {
    double[] products = new double[vectors.size()];
    int last = vectors.size() - 1;
    for (int b = first; b <= last; b += 4) {
      dots(
          vectors.get(first),
          vectors.get(b),
          vectors.get(Math.min(b + 1, last)),
          vectors.get(Math.min(b + 2, last)),
          vectors.get(Math.min(b + 3, last)),
          products,
          b);
    }
    return products;
  }

  /** Writes the inner products of a with b, c, d and e. Each sum waits only for itself. */
  private static void dots(
      float[] a, float[] b, float[] c, float[] d, float[] e, double[] products, int at) {
    double withB = 0;
    double withC = 0;
    double withD = 0;
    double withE = 0;
    for (int i = 0; i < a.length; i++) {
      double entry = a[i];
      withB += entry * b[i];
      withC += entry * c[i];
      withD += entry * d[i];
      withE += entry * e[i];
    }
    double[] sums = {withB, withC, withD, withE};
    System.arraycopy(sums, 0, products, at, Math.min(sums.length, products.length - at));
  }

  private static void add(double[][] sums, int a, int b, double value) {
    sums[a][b] += value;
    sums[b][a] = sums[a][b];
  }

  private static double[][] normalised(double[][] sums, int[] kept) {
    double[][] cka = at(sums, kept);
    double[] roots = IntStream.of(kept).mapToDouble(l -> Math.sqrt(sums[l][l])).toArray();
    for (int i = 0; i < kept.length; i++) {
      for (int j = 0; j < kept.length; j++) {
        cka[i][j] /= roots[i] * roots[j];
      }
    }
    return cka;
  }

  private static double[][] at(double[][] matrix, int[] kept) {
    return IntStream.of(kept)
        .mapToObj(i -> IntStream.of(kept).mapToDouble(j -> matrix[i][j]).toArray())
        .toArray(double[][]::new);
  }
}
