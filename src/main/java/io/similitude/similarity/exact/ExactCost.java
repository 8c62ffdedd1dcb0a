package io.similitude.similarity.exact;

import java.io.Serializable;

/**
 * The cost of exact linear CKA of a set of pairs, in floating-point operations, by each of the two
 * methods.
 *
 * <pre>
 *   Gram tiles:         N^2 p per representation, then N^2 per pair,
 *   cross-covariances:  2 N p q per pair, including a representation with itself.
 * </pre>
 *
 * <p>Both counts leave out terms that are linear in N alone. The cheaper method is used. Tiles are
 * used if both cost the same or if there are too many features to hold in memory.
 *
 * @param tiles the cost by tiles of the N x N Gram matrices, their symmetric halves
 * @param covariances the cost by cross-covariances of features
 */
public record ExactCost(double tiles, double covariances) implements Serializable {
  /** No cost: there is nothing to compute. */
  public static final ExactCost NONE = new ExactCost(0, 0);

  /** The cost of preparing a representation of p features for its pairs. */
  public static ExactCost ofSite(long n, long p) {
    return new ExactCost((double) n * n * p, 2.0 * n * p * p);
  }

  /** The cost of a pair of representations with p and q features. */
  public static ExactCost ofPair(long n, long p, long q) {
    return new ExactCost((double) n * n, 2.0 * n * p * q);
  }

  /** The sum of both costs. */
  public ExactCost plus(ExactCost other) {
    return new ExactCost(tiles + other.tiles, covariances + other.covariances);
  }

  /** This cost if there are too many features to hold in memory. Then tiles are always used. */
  public ExactCost withoutCovariances() {
    return new ExactCost(tiles, Double.POSITIVE_INFINITY);
  }

  /** Whether cross-covariances are cheaper than tiles. */
  public boolean favoursCovariances() {
    return covariances < tiles;
  }
}
