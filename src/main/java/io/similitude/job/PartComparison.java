package io.similitude.job;

import io.similitude.extraction.CentredGrams;
import io.similitude.extraction.ProductEngine;
import io.similitude.similarity.HsicSums;
import io.similitude.similarity.Measure;
import io.similitude.similarity.Measures;
import io.similitude.similarity.MinibatchCka;
import io.similitude.similarity.Similarity;
import io.similitude.similarity.SimilarityRow;
import io.similitude.similarity.Site;
import io.similitude.spec.SimilaritySpec;
import io.similitude.store.GramReader;
import io.similitude.store.GramRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The work of one part on an executor: the products of two groups of sites batch by batch, summed
 * in the order of the batches, then the similarity of each pair.
 */
final class PartComparison {
  private final ComparisonJob job;
  private final PartTask task;

  PartComparison(ComparisonJob job, PartTask task) {
    this.job = job;
    this.task = task;
  }

  void run() throws IOException {
    job.writer().writeSimilarities(task.part(), rows(sums()));
  }

  private HsicSums sums() throws IOException {
    HsicSums sums = HsicSums.empty(task.rows().size(), task.columns().size());
    try (ProductEngine engine = new ProductEngine()) {
      CentredGrams rows = null;
      CentredGrams columns = null;
      for (int batch = 0; batch < job.batchSizes().size(); batch++) {
        rows = read(task.rows(), batch, rows);
        if (task.isSymmetric()) {
          engine.add(rows, sums);
        } else {
          columns = read(task.columns(), batch, columns);
          engine.add(rows, columns, sums);
        }
      }
    }
    return sums;
  }

  /**
   * A group's centred Gram matrices of a batch, in the memory of the batch before where it fits.
   */
  private CentredGrams read(SiteGroup group, int batch, CentredGrams earlier) throws IOException {
    int n = job.batchSizes().get(batch);
    CentredGrams grams =
        earlier != null && earlier.n() == n ? earlier : new CentredGrams(group.size(), n);
    int offset = 0;
    for (SiteBlock block : group.blocks()) {
      List<Integer> positions = IntStream.range(0, block.layers().size()).boxed().toList();
      try (GramReader reader = job.folder().grams(block.units().get(batch), positions)) {
        for (GramRow row = reader.next(); row != null; row = reader.next()) {
          grams.set(offset + row.position(), row.gram());
        }
      }
      offset += positions.size();
    }
    return grams;
  }

  private List<SimilarityRow> rows(HsicSums sums) {
    List<SimilarityRow> rows = new ArrayList<>();
    for (SimilaritySpec spec : job.measures()) {
      add(sums, Measures.name(spec), rows);
    }
    return rows;
  }

  private void add(HsicSums sums, Measure measure, List<SimilarityRow> rows) {
    List<Site> a = task.rows().sites();
    List<Site> b = task.columns().sites();
    for (int i = 0; i < a.size(); i++) {
      for (int j = task.isSymmetric() ? i : 0; j < b.size(); j++) {
        if (isWanted(a.get(i), b.get(j))) {
          Similarity similarity =
              task.isSymmetric() && i == j
                  ? MinibatchCka.self(sums, i)
                  : MinibatchCka.pair(sums, i, j);
          rows.add(
              new SimilarityRow(
                  measure, a.get(i), b.get(j), similarity, sums.examples(), sums.batches()));
        }
      }
    }
  }

  private boolean isWanted(Site a, Site b) {
    return switch (job.compare()) {
      case ALL -> true;
      case WITHIN_CHECKPOINT -> a.checkpoint().equals(b.checkpoint());
      case SAME_LAYER -> a.layer().equals(b.layer());
    };
  }
}
