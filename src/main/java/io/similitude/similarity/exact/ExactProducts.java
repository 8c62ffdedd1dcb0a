package io.similitude.similarity.exact;

import io.similitude.similarity.gram.CentredBatch;
import io.similitude.similarity.measure.PairSums;
import java.util.List;

/** The matrix products of exact CKA, in float64. Almost all of its time is spent in them. */
public interface ExactProducts {
  /**
   * X Y&#7488;, n x m row by row: a tile of a Gram matrix.
   *
   * @param y may be the same as x
   */
  double[] gram(CentredBatch x, CentredBatch y);

  /**
   * The inner products of tiles that have the same number of entries.
   *
   * @param columns may be the same array as the rows
   * @param wanted the pairs that are needed
   * @return rows x columns numbers, row by row; those of other pairs are 0 or the product
   */
  double[] tiles(double[][] rows, double[][] columns, PairSums.Pairs wanted);

  /**
   * The shares of |C|&sup2;, as {@link ExactFeatures} has them, for a representation with some
   * others.
   *
   * @return others x batches
   */
  double[][] covariances(ExactFeatures x, List<ExactFeatures> others);
}
