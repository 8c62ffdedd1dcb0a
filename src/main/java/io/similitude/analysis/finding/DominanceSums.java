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
      double[] packed = grams.get(l).numbers();
      double[] dense = dense(n, packed);
      FirstComponent first = FirstComponent.of(n, dense);
      shares[l] += first.value() * first.value() / Vectors.dot(dense, dense);
      carriers[l] += first.carriers();
      components.add(first.vector());
      weights[l] = centre(n, packed, whole);
      remove(first, packed);
      restWeights[l] = centre(n, packed, rest);
      constant[l] |= !(weights[l] > 0 && restWeights[l] > 0);
    }
    double[][] wholes = Vectors.products(whole);
    double[][] rests = Vectors.products(rest);
    for (int a = 0; a < layers; a++) {
      for (int b = a; b < layers; b++) {
        double cosine = Vectors.dot(components.get(a), components.get(b));
        add(alignment, a, b, cosine * cosine);
        add(with, a, b, weights[a] * weights[b] * wholes[a][b]);
        add(without, a, b, restWeights[a] * restWeights[b] * rests[a][b]);
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

  private static double centre(int n, double[] packed, List<float[]> vectors) {
    double[] vector = new double[UCentring.length(n)];
    double norm = UCentring.centre(n, packed, vector, 0);
    float[] narrow = new float[vector.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) vector[i];
    }
    vectors.add(narrow);
    return UCentring.weight(n, norm);
  }

  private static double[] dense(int n, double[] packed) {
    double[] dense = new double[n * n];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        dense[i * n + j] = packed[at];
        dense[j * n + i] = packed[at++];
      }
    }
    return dense;
  }

  /** Subtracts the component from the matrix whose upper triangle this is. */
  private static void remove(FirstComponent first, double[] packed) {
    double[] vector = first.vector();
    int at = 0;
    for (int i = 0; i < vector.length; i++) {
      double part = first.value() * vector[i];
      for (int j = i; j < vector.length; j++) {
        packed[at++] -= part * vector[j];
      }
    }
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
