package io.similitude.comparison.activation;

import io.similitude.comparison.ActivationJob;
import io.similitude.comparison.ActivationTask;
import io.similitude.comparison.SiteGroup;
import io.similitude.execution.TaskProgress;
import io.similitude.plan.BatchPlan;
import io.similitude.plan.SiteBlock;
import io.similitude.plan.StoredLayer;
import io.similitude.similarity.exact.ExactFeatures;
import io.similitude.similarity.exact.ExactProducts;
import io.similitude.similarity.exact.ExactSite;
import io.similitude.similarity.exact.ExactSums;
import io.similitude.store.PartWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Computes exact linear CKA from cross-covariances of features. It divides the sites into chunks. A
 * chunk holds the features of all examples, for as many sites as fit into {@link #HELD_BYTES}. Two
 * chunks are held at a time. The sites of the rows are read once. The sites of the columns are read
 * once for each chunk of rows.
 */
final class CovarianceComparison implements ActivationComparison {
  /**
   * The largest size of the features of a chunk in float64: this much for rows, and this much for
   * columns.
   */
  static final long HELD_BYTES = 64L << 20;

  private final ActivationJob job;
  private final ActivationTask task;
  private final TaskProgress progress;
  private final ActivationFiles files;
  private final ExactRows exact;

  CovarianceComparison(
      ActivationJob job, ActivationTask task, ExactProducts products, TaskProgress progress) {
    this.job = job;
    this.task = task;
    this.progress = progress;
    this.files = new ActivationFiles(job);
    this.exact = new ExactRows(job, task, products);
  }

  /** Some sites of a group with their features. Sites are given by their index in the group. */
  private record Chunk(int first, List<ExactFeatures> sites) {
    ExactFeatures site(int index) {
      return sites.get(index - first);
    }

    int end() {
      return first + sites.size();
    }
  }

  @Override
  public void write(PartWriter out) throws IOException {
    int rows = task.rows().size();
    for (int first = 0; first < rows; ) {
      Chunk chunk = chunk(task.rows(), first);
      compare(chunk);
      first = chunk.end();
    }
    exact.write(out);
  }

  private void compare(Chunk rows) throws IOException {
    for (int row = rows.first(); row < rows.end(); row++) {
      for (ExactSums sums : exact.sums()) {
        sums.row(row, rows.site(row));
      }
    }
    if (task.isSymmetric()) {
      pairs(rows, rows);
    }
    int columns = task.columns().size();
    for (int first = task.isSymmetric() ? rows.end() : 0; first < columns; ) {
      Chunk chunk = chunk(task.columns(), first);
      if (!task.isSymmetric() && rows.first() == 0) {
        addSelfTerms(chunk);
      }
      pairs(rows, chunk);
      first = chunk.end();
    }
  }

  private void addSelfTerms(Chunk columns) {
    for (int column = columns.first(); column < columns.end(); column++) {
      for (ExactSums sums : exact.sums()) {
        sums.column(column, columns.site(column));
      }
    }
  }

  private void pairs(Chunk rows, Chunk columns) {
    for (int row = rows.first(); row < rows.end(); row++) {
      for (ExactSums sums : exact.sums()) {
        sums.pairs(row, rows.site(row), columns.first(), columns.sites());
      }
      for (int column = columns.first(); column < columns.end(); column++) {
        if (!task.isSymmetric() || row <= column) {
          progress.step();
        }
      }
    }
  }

  private Chunk chunk(SiteGroup group, int first) throws IOException {
    List<ExactFeatures> sites = new ArrayList<>();
    long held = 0;
    int index = 0;
    for (SiteBlock block : group.blocks()) {
      for (StoredLayer layer : block.layers()) {
        long bytes = Double.BYTES * layer.features() * job.examples();
        boolean fits = sites.isEmpty() || held + bytes <= HELD_BYTES;
        if (index++ >= first) {
          if (!fits) {
            return new Chunk(first, sites);
          }
          sites.add(features(block, layer));
          held += bytes;
        }
      }
    }
    return new Chunk(first, sites);
  }

  private ExactFeatures features(SiteBlock block, StoredLayer layer) throws IOException {
    float[][] all = files.all(block, layer);
    ExactSite site = ExactSite.empty((int) layer.features());
    List<float[][]> batches = new ArrayList<>();
    int from = 0;
    for (BatchPlan batch : job.batches()) {
      batches.add(Arrays.copyOfRange(all, from, from + batch.count()));
      from += batch.count();
    }
    batches.forEach(site::add);
    return new ExactFeatures(site, batches.stream().map(site::batch).toList());
  }
}
