package io.similitude.similarity.gram;

import io.similitude.spec.measure.MeasureSpec;
import java.util.function.IntUnaryOperator;

/**
 * The dissimilarities of examples, from features centred within the batch, with bounds on their
 * rounding.
 *
 * <p>The numbers have the order of the dissimilarities. For the Euclidean dissimilarity they are
 * the squared distances, whose rounding is known.
 */
public final class Dissimilarities {
  private final MeasureSpec.Dissimilarity dissimilarity;
  private final double[] numbers;
  private final double[] errors;

  private Dissimilarities(MeasureSpec.Dissimilarity dissimilarity, int count) {
    this.dissimilarity = dissimilarity;
    this.numbers = new double[count];
    this.errors = new double[count];
  }

  /** The dissimilarities of all pairs: the upper triangle row by row, without its diagonal. */
  public static Dissimilarities ofPairs(MeasureSpec.Dissimilarity dissimilarity, DenseGram gram) {
    int n = gram.n();
    Dissimilarities pairs = new Dissimilarities(dissimilarity, UCentring.length(n));
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        pairs.set(at++, gram, i, j);
      }
    }
    return pairs;
  }

  /**
   * The dissimilarities of an example with some others.
   *
   * @param others the place in the batch of each of them
   */
  public static Dissimilarities of(
      MeasureSpec.Dissimilarity dissimilarity,
      DenseGram gram,
      int i,
      int count,
      IntUnaryOperator others) {
    Dissimilarities row = new Dissimilarities(dissimilarity, count);
    for (int k = 0; k < count; k++) {
      row.set(k, gram, i, others.applyAsInt(k));
    }
    return row;
  }

  private void set(int at, DenseGram gram, int i, int j) {
    switch (dissimilarity) {
      case EUCLIDEAN -> {
        numbers[at] = gram.squaredDistance(i, j);
        errors[at] = gram.squaredDistanceError(i, j);
      }
      case COSINE -> {
        numbers[at] = 1 - gram.cosine(i, j);
        errors[at] = gram.cosineError(i, j);
      }
    }
  }

  /** Whether they are all equal, up to rounding. */
  public boolean areAllTied() {
    return Ties.areAll(numbers, errors);
  }

  /** The dissimilarities themselves. */
  public double[] values() {
    double[] values = numbers.clone();
    for (int k = 0;
        k < values.length && dissimilarity == MeasureSpec.Dissimilarity.EUCLIDEAN;
        k++) {
      values[k] = Math.sqrt(values[k]);
    }
    return values;
  }

  /**
   * Numbers in the order of the dissimilarities. Numbers that are tied up to rounding are equal.
   */
  public double[] joined() {
    return Ties.joined(numbers, errors);
  }
}
