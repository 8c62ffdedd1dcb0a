package io.similitude.comparison.activation;

import io.similitude.comparison.ActivationJob;
import io.similitude.comparison.ActivationTask;
import io.similitude.comparison.SiteGroup;
import io.similitude.execution.TaskProgress;
import io.similitude.similarity.exact.ExactProducts;
import io.similitude.similarity.exact.ExactSite;
import io.similitude.similarity.exact.GramTile;
import io.similitude.similarity.gram.CentredBatch;
import io.similitude.store.PartWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Computes exact linear CKA by tiles of the Gram matrices over all examples. A tile belongs to a
 * pair of batches. It reads the activations once for their means, then once for each pair of
 * batches. It holds one tile of each site, and the features of one site at a time.
 */
final class TileComparison implements ActivationComparison {
  private final ActivationJob job;
  private final ActivationTask task;
  private final ExactProducts products;
  private final TaskProgress progress;
  private final ActivationFiles files;
  private final ExactRows exact;

  TileComparison(
      ActivationJob job, ActivationTask task, ExactProducts products, TaskProgress progress) {
    this.job = job;
    this.task = task;
    this.products = products;
    this.progress = progress;
    this.files = new ActivationFiles(job);
    this.exact = new ExactRows(job, task, products);
  }

  @Override
  public void write(PartWriter out) throws IOException {
    List<ExactSite> rows = sites(task.rows());
    List<ExactSite> columns = task.isSymmetric() ? rows : sites(task.columns());
    for (int i = 0; i < job.batches().size(); i++) {
      for (int j = i; j < job.batches().size(); j++) {
        add(i, j, rows, columns);
      }
    }
    exact.write(out);
  }

  private List<ExactSite> sites(SiteGroup group) throws IOException {
    List<ExactSite> sites = new ArrayList<>();
    group.layers().forEach(layer -> sites.add(ExactSite.empty((int) layer.features())));
    for (int batch = 0; batch < job.batches().size(); batch++) {
      files.read(group, batch, (site, features) -> sites.get(site).add(features));
    }
    return sites;
  }

  private void add(int i, int j, List<ExactSite> rows, List<ExactSite> columns) throws IOException {
    tiles(task.rows(), rows, i, j, this::row);
    if (!task.isSymmetric()) {
      tiles(task.columns(), columns, i, j, this::column);
    }
    exact.sums().forEach(sums -> sums.endTile(i, j));
    progress.step();
  }

  private void row(Integer row, GramTile tile) {
    exact.sums().forEach(sums -> sums.row(row, tile));
  }

  private void column(Integer column, GramTile tile) {
    exact.sums().forEach(sums -> sums.column(column, tile));
  }

  private void tiles(
      SiteGroup group, List<ExactSite> sites, int i, int j, BiConsumer<Integer, GramTile> tiles)
      throws IOException {
    if (i == j) {
      files.read(
          group,
          i,
          (site, features) -> {
            CentredBatch batch = sites.get(site).batch(features);
            tiles.accept(site, GramTile.of(sites.get(site), batch, batch, products));
          });
    } else {
      files.read(
          group,
          i,
          j,
          (site, some, others) ->
              tiles.accept(
                  site,
                  GramTile.of(
                      sites.get(site),
                      sites.get(site).batch(some),
                      sites.get(site).batch(others),
                      products)));
    }
  }
}
