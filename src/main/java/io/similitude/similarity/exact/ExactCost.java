package io.similitude.similarity.exact;

import java.io.Serializable;

/**
 * What exact linear CKA of a set of pairs costs, in floating-point operations, from the two things
 * that it follows from.
 *
 * <pre>
 *   Gram tiles:         N^2 p a representation, then N^2 a pair,
 *   cross-covariances:  2 N p q a pair, a representation with itself included.
 * </pre>
 *
 * <p>Both leave out what is linear in N alone. The cheaper one is taken, tiles where they are equal
 * or where features are too many to be held.
 *
 * @param tiles by tiles of the N x N Gram matrices, their symmetric halves
 * @param covariances from cross-covariances of features
 */
public record ExactCost(double tiles, double covariances) implements Serializable {
  /** Nothing to be done. */
  public static final ExactCost NONE = new ExactCost(0, 0);

  /** Of making a representation of p features ready for its pairs. */
  public static ExactCost ofSite(long n, long p) {
    return new ExactCost((double) n * n * p, 2.0 * n * p * p);
  }

  /** Of a pair of p and q features. */
  public static ExactCost ofPair(long n, long p, long q) {
    return new ExactCost((double) n * n, 2.0 * n * p * q);
  }

  /** Both together. */
  public ExactCost plus(ExactCost other) {
    return new ExactCost(tiles + other.tiles, covariances + other.covariances);
  }

  /** The same where features are too many to be held: by tiles at any price. */
  public ExactCost withoutCovariances() {
    return new ExactCost(tiles, Double.POSITIVE_INFINITY);
  }

  /** Whether cross-covariances are the cheaper. */
  public boolean favoursCovariances() {
    return covariances < tiles;
  }
}
