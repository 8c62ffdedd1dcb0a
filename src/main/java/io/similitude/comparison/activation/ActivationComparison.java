package io.similitude.comparison.activation;

import io.similitude.comparison.ActivationJob;
import io.similitude.comparison.ActivationTask;
import io.similitude.comparison.ExactEngine;
import io.similitude.execution.TaskProgress;
import io.similitude.store.PartWriter;
import java.io.IOException;
import java.util.Optional;

/** Computes one part from stored activations, on an executor. */
public interface ActivationComparison {
  /** Computes the part and writes its rows. */
  void write(PartWriter out) throws IOException;

  /**
   * Computes and commits a part.
   *
   * @param gpu the index of the GPU that Spark assigned; empty for the CPU. Exact linear CKA uses
   *     it
   * @throws IllegalStateException if exact linear CKA needs the GPU and PyTorch does not see it
   */
  static void run(
      ActivationJob job, ActivationTask task, Optional<Integer> gpu, TaskProgress progress)
      throws IOException {
    switch (task.estimation().way()) {
      case EXACT_LINEAR -> {
        try (ExactEngine engine = new ExactEngine(gpu)) {
          commit(job, task, exact(job, task, engine, progress), progress);
        }
      }
      case EXACT, BATCHES -> commit(job, task, new BatchComparison(job, task, progress), progress);
    }
  }

  private static ActivationComparison exact(
      ActivationJob job, ActivationTask task, ExactEngine engine, TaskProgress progress) {
    return task.cost().favoursCovariances()
        ? new CovarianceComparison(job, task, engine, progress)
        : new TileComparison(job, task, engine, progress);
  }

  private static void commit(
      ActivationJob job,
      ActivationTask task,
      ActivationComparison comparison,
      TaskProgress progress)
      throws IOException {
    try (PartWriter out = job.writer().part(task.part()).telling(progress::row)) {
      comparison.write(out);
      out.commit();
    }
  }
}
