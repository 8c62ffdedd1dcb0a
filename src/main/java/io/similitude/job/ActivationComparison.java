package io.similitude.job;

import io.similitude.similarity.SimilarityRow;
import java.io.IOException;
import java.util.List;

/** The work of one part that goes through stored activations, on an executor. */
interface ActivationComparison {
  /** The part's rows. */
  List<SimilarityRow> rows() throws IOException;

  /** Computes and commits a part. */
  static void run(ActivationJob job, ActivationTask task) throws IOException {
    ActivationComparison comparison =
        switch (task.estimation().way()) {
          case EXACT_LINEAR ->
              task.cost().favoursCovariances()
                  ? new CovarianceComparison(job, task)
                  : new TileComparison(job, task);
          case EXACT, BATCHES -> new BatchComparison(job, task);
        };
    job.writer().writeSimilarities(task.part(), comparison.rows());
  }
}
