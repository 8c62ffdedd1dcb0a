package io.similitude.similarity.gram;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums of HSIC over groups of batches, for the jackknife: one group per batch for up to {@value
 * #MOST} batches. With more, batch b goes to group b mod {@value #MOST}.
 */
public final class BatchGroups implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * The relative error of a delete-a-group standard error is about 1 / sqrt(2 groups), here a
   * fifth.
   */
  public static final int MOST = 16;

  private final int pairs;
  private final List<double[]> sums = new ArrayList<>();

  public BatchGroups(int pairs) {
    this.pairs = pairs;
  }

  public int count() {
    return sums.size();
  }

  /** The sums of the group that a batch belongs to. The caller adds to them. */
  public double[] of(int batch) {
    int group = batch % MOST;
    if (group == sums.size()) {
      sums.add(new double[pairs]);
    }
    return sums.get(group);
  }
}
