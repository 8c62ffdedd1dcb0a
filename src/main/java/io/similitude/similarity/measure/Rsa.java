package io.similitude.similarity.measure;

import io.similitude.similarity.gram.DenseGram;
import io.similitude.similarity.gram.Dissimilarities;
import io.similitude.similarity.gram.UCentring;
import io.similitude.similarity.gram.UnitVector;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;
import java.util.Arrays;

/**
 * Representational similarity analysis: the correlation of the dissimilarities of all n (n - 1) / 2
 * pairs of examples in a with those in b, on the values (Pearson) or on their ranks (Spearman).
 * Ties get the mean of their ranks. Dissimilarities that differ by no more than the rounding of the
 * Gram matrix are ties ({@link Ties}, {@link DenseGram#squaredDistanceError}): labels, quantised
 * features and equal examples have many ties, and rounding would break them at random.
 *
 * <p>The Euclidean dissimilarity is invariant to rotation and shift of the features, and the
 * correlation to scale. The cosine dissimilarity has the same invariances here, because the
 * features are centred within the batch first. It differs from the one of raw features, because the
 * Gram matrices are stored centred. RSA is symmetric, between -1 and 1, and 1 for a representation
 * with itself. A constant layer has no value, and neither has a layer with equal dissimilarities
 * for all pairs. Over batches it is the mean of the correlations.
 *
 * <p>Source: N. Kriegeskorte, M. Mur, P. Bandettini, Representational similarity analysis,
 * Frontiers in Systems Neuroscience 2:4 (2008).
 */
final class Rsa extends ProductMeasure {
  private final MeasureSpec.Dissimilarity dissimilarity;
  private final MeasureSpec.Correlation correlation;

  Rsa(MeasureSpec.Dissimilarity dissimilarity, MeasureSpec.Correlation correlation) {
    this.dissimilarity = dissimilarity;
    this.correlation = correlation;
  }

  Rsa(MeasureSpec spec) {
    this(
        spec.setting(Setting.DISSIMILARITY, MeasureSpec.Dissimilarity.class),
        spec.setting(Setting.CORRELATION, MeasureSpec.Correlation.class));
  }

  @Override
  UnitVector facet(DenseGram gram) {
    Dissimilarities pairs = Dissimilarities.ofPairs(dissimilarity, gram);
    if (pairs.areAllTied()) {
      return UnitVector.constant(UCentring.length(gram.n()));
    }
    return UnitVector.standardised(
        switch (correlation) {
          case SPEARMAN -> ranks(pairs.joined());
          case PEARSON -> pairs.values();
        });
  }

  @Override
  MeasureValue of(UnitVector a, UnitVector b) {
    return a.root() == 0 || b.root() == 0
        ? MeasureValue.missing(Status.CONSTANT_LAYER)
        : MeasureValue.withoutError(a.cosine(b));
  }

  @Override
  boolean needsEveryBatch() {
    return true;
  }

  /** Ranks from 1. Ties get the mean of their ranks. */
  static double[] ranks(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    // At the first position of a number in the order: the mean rank of all equal numbers.
    double[] ranks = new double[numbers.length];
    for (int from = 0, to; from < sorted.length; from = to) {
      to = from + 1;
      while (to < sorted.length && sorted[to] == sorted[from]) {
        to++;
      }
      ranks[from] = (from + 1 + to) / 2.0;
    }
    return Arrays.stream(numbers).map(number -> ranks[first(sorted, number)]).toArray();
  }

  private static int first(double[] sorted, double number) {
    int low = 0;
    int high = sorted.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
