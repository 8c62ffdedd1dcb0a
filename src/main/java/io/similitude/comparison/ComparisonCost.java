package io.similitude.comparison;

import io.similitude.plan.FindingPairs;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.similarity.measure.Measures;
import io.similitude.spec.Comparison;
import io.similitude.spec.measure.MeasureSpec;
import java.util.List;

/**
 * The approximate cost of a stage of the comparison.
 *
 * @param flops floating-point operations
 * @param bytes bytes of the Gram matrices that are read
 */
public record ComparisonCost(double flops, double bytes) {
  /** The work of one core for a second or two. */
  private static final double SMALL_FLOPS = 20e9;

  private static final double SMALL_BYTES = 1e9;

  public static ComparisonCost of(ComparisonJob job, List<PartTask> tasks) {
    return of(job.measures(), job.batchSizes(), tasks, job.compare(), job.findings());
  }

  public static ComparisonCost of(
      List<MeasureSpec> measures,
      List<Integer> batchSizes,
      List<PartTask> tasks,
      Comparison compare,
      FindingPairs findings) {
    double flops = 0;
    double bytes = 0;
    for (PartTask task : tasks) {
      long pairs = WantedProducts.estimate(compare, findings, task);
      int sites = task.rows().size() + (task.isSymmetric() ? 0 : task.columns().size());
      for (int n : batchSizes) {
        for (MeasureSpec spec : measures) {
          flops += pairs * Measures.of(spec).pairFlops(n);
        }
        bytes += (double) sites * PackedGram.length(n) * Float.BYTES;
      }
    }
    return new ComparisonCost(flops, bytes);
  }

  /** Whether the work takes less time than Spark needs to distribute the tasks. */
  public boolean isSmall() {
    return flops < SMALL_FLOPS && bytes < SMALL_BYTES;
  }
}
