package io.similitude.attack;

import io.similitude.dataset.Examples;
import io.similitude.network.Classifier;
import io.similitude.network.InputGradient;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * z = V tanh(W (x - 1/2)) in float64 and plain Java, with its gradient: fast, exact, not linear.
 */
final class TinyNetwork implements Classifier {
  private static final int HIDDEN = 12;

  private final double[][] w;
  private final double[][] v;
  private int largestBatch;

  TinyNetwork(int inputs, int classes, long seed) {
    Random random = new Random(seed);
    w = matrix(HIDDEN, inputs, 3 / Math.sqrt(inputs), random);
    v = matrix(classes, HIDDEN, 1, random);
  }

  /** The most examples that it was shown at once. */
  int largestBatch() {
    return largestBatch;
  }

  @Override
  public float[][] logits(Examples examples) {
    largestBatch = Math.max(largestBatch, examples.count());
    float[][] logits = new float[examples.count()][];
    for (int i = 0; i < logits.length; i++) {
      double[] hidden = hidden(examples, i);
      logits[i] = new float[v.length];
      for (int c = 0; c < v.length; c++) {
        double sum = 0;
        for (int h = 0; h < HIDDEN; h++) {
          sum += v[c][h] * hidden[h];
        }
        logits[i][c] = (float) sum;
      }
    }
    return logits;
  }

  @Override
  public InputGradient inputGradient(Examples examples, UnaryOperator<float[][]> lossGradient) {
    float[][] logits = logits(examples);
    float[][] byLogits = lossGradient.apply(logits);
    int size = examples.shape().size();
    float[] pixels = new float[examples.pixels().length];
    for (int i = 0; i < logits.length; i++) {
      double[] hidden = hidden(examples, i);
      for (int h = 0; h < HIDDEN; h++) {
        double byHidden = 0;
        for (int c = 0; c < v.length; c++) {
          byHidden += byLogits[i][c] * v[c][h];
        }
        for (int k = 0; k < size; k++) {
          pixels[i * size + k] += (float) (byHidden * (1 - hidden[h] * hidden[h]) * w[h][k]);
        }
      }
    }
    return new InputGradient(logits, pixels);
  }

  private double[] hidden(Examples examples, int i) {
    int size = examples.shape().size();
    double[] hidden = new double[HIDDEN];
    for (int h = 0; h < HIDDEN; h++) {
      double sum = 0;
      for (int k = 0; k < size; k++) {
        sum += w[h][k] * (examples.pixels()[i * size + k] - 0.5);
      }
      hidden[h] = Math.tanh(sum);
    }
    return hidden;
  }

  private static double[][] matrix(int rows, int columns, double scale, Random random) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int k = 0; k < columns; k++) {
        row[k] = scale * random.nextGaussian();
      }
    }
    return matrix;
  }
}
