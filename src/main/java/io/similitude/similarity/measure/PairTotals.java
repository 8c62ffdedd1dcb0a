package io.similitude.similarity.measure;

import io.similitude.similarity.gram.BatchGroups;
import java.io.Serializable;

/**
 * Sums over batches of x, x&sup2;, xy, xz and yz for each pair, and of x over groups of batches.
 */
final class PairTotals implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int X = 0;
  private static final int XX = 1;
  private static final int XY = 2;
  private static final int XZ = 3;
  private static final int YZ = 4;

  /** The sums of a pair over all batches. */
  static final int NUMBERS = 5;

  private final double[] sums;
  private final BatchGroups groups;

  /** The sums of the group to which the current batch belongs. */
  private transient double[] group;

  PairTotals(int pairs) {
    sums = new double[Math.multiplyExact(pairs, NUMBERS)];
    groups = new BatchGroups(pairs);
  }

  /** Begins a batch. */
  void begin(int batch) {
    group = groups.of(batch);
  }

  /** Adds a pair's numbers on the current batch. */
  void add(int pair, double x, double y, double z) {
    int k = pair * NUMBERS;
    sums[k + X] += x;
    sums[k + XX] += x * x;
    sums[k + XY] += x * y;
    sums[k + XZ] += x * z;
    sums[k + YZ] += y * z;
    group[pair] += x;
  }

  double sum(int pair) {
    return sums[pair * NUMBERS + X];
  }

  double ofGroup(int index, int pair) {
    return groups.of(index)[pair];
  }

  double xx(int pair) {
    return sums[pair * NUMBERS + XX];
  }

  double xy(int pair) {
    return sums[pair * NUMBERS + XY];
  }

  double xz(int pair) {
    return sums[pair * NUMBERS + XZ];
  }

  double yz(int pair) {
    return sums[pair * NUMBERS + YZ];
  }
}
