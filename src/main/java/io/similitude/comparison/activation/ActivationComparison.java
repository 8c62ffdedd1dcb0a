package io.similitude.comparison.activation;

import io.similitude.comparison.ActivationJob;
import io.similitude.comparison.ActivationTask;
import io.similitude.execution.TaskProgress;
import io.similitude.store.PartWriter;
import java.io.IOException;

/** Computes one part from stored activations, on an executor. */
public interface ActivationComparison {
  /** Computes the part and writes its rows. */
  void write(PartWriter out) throws IOException;

  /** Computes and commits a part. */
  static void run(ActivationJob job, ActivationTask task, TaskProgress progress)
      throws IOException {
    ActivationComparison comparison =
        switch (task.estimation().way()) {
          case EXACT_LINEAR ->
              task.cost().favoursCovariances()
                  ? new CovarianceComparison(job, task, progress)
                  : new TileComparison(job, task, progress);
          case EXACT, BATCHES -> new BatchComparison(job, task, progress);
        };
    try (PartWriter out = job.writer().part(task.part()).telling(progress::row)) {
      comparison.write(out);
      out.commit();
    }
  }
}
