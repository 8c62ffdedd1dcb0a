package io.similitude.comparison.activation;

import io.similitude.comparison.ActivationJob;
import io.similitude.comparison.ActivationTask;
import io.similitude.comparison.SiteGroup;
import io.similitude.comparison.WantedPairs;
import io.similitude.comparison.gram.PairwiseAccumulator;
import io.similitude.comparison.gram.PartRows;
import io.similitude.comparison.gram.SiteGram;
import io.similitude.dataset.Batches;
import io.similitude.execution.TaskProgress;
import io.similitude.plan.Estimation;
import io.similitude.plan.SiteBlock;
import io.similitude.plan.StoredLayer;
import io.similitude.similarity.gram.DenseGram;
import io.similitude.similarity.measure.Measures;
import io.similitude.spec.ExampleOrder;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.store.PartWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Computes any measures from stored activations, in batches that can differ from the stored ones.
 * All examples can be one batch, or there are several passes. Each pass divides the examples into
 * new batches, from the seed and the number of the pass. It holds the shared data of each site for
 * the batches of one pass, and the features of one site at a time.
 */
final class BatchComparison implements ActivationComparison {
  /** Odd and large, so that sweeps with neighbouring seeds share no pass. */
  private static final long PASS_STEP = 0x9e3779b97f4a7c15L;

  private final ActivationJob job;
  private final ActivationTask task;
  private final TaskProgress progress;
  private final ActivationFiles files;
  private final WantedPairs pairs;
  private final List<PairwiseAccumulator<?>> measures;

  BatchComparison(ActivationJob job, ActivationTask task, TaskProgress progress) {
    this.job = job;
    this.task = task;
    this.progress = progress;
    this.files = new ActivationFiles(job);
    this.pairs = new WantedPairs(job.compare(), job.findings(), task.rows(), task.columns());
    this.measures = new ArrayList<>();
    for (MeasureSpec spec : task.estimation().measures()) {
      measures.add(
          new PairwiseAccumulator<>(
                  Measures.of(spec),
                  task.rows().size(),
                  task.columns().size(),
                  task.isSymmetric(),
                  pairs::wants)
              .inPasses());
    }
  }

  @Override
  public void write(PartWriter out) throws IOException {
    for (int pass = 0; pass < task.estimation().passes(); pass++) {
      add(batches(pass));
      measures.forEach(PairwiseAccumulator::endPass);
      progress.step();
    }
    new PartRows(pairs, job.examples()).write(task.estimation().measures(), measures, out);
  }

  /** The batches of a pass, as indices of the examples in the order of the files. */
  private List<int[]> batches(int pass) {
    int examples = job.examples();
    if (task.estimation().way() == Estimation.Way.EXACT) {
      return List.of(IntStream.range(0, examples).toArray());
    }
    return Batches.plan(
            examples,
            OptionalInt.empty(),
            job.batch(),
            pass == 0 ? ExampleOrder.FILE : ExampleOrder.SHUFFLED,
            job.seed() + pass * PASS_STEP)
        .batches()
        .stream()
        .map(batch -> Arrays.stream(batch).mapToInt(Math::toIntExact).toArray())
        .toList();
  }

  private void add(List<int[]> batches) throws IOException {
    SiteGram[][] rows = grams(task.rows(), batches);
    SiteGram[][] columns = task.isSymmetric() ? new SiteGram[0][] : grams(task.columns(), batches);
    for (int batch = 0; batch < batches.size(); batch++) {
      for (int row = 0; row < rows.length; row++) {
        giveRow(row, rows[row][batch]);
        rows[row][batch] = null;
      }
      for (int column = 0; column < columns.length; column++) {
        giveColumn(column, columns[column][batch]);
        columns[column][batch] = null;
      }
      measures.forEach(PairwiseAccumulator::endBatch);
    }
  }

  private void giveRow(int row, SiteGram gram) {
    measures.forEach(measure -> measure.row(row, gram));
  }

  private void giveColumn(int column, SiteGram gram) {
    measures.forEach(measure -> measure.column(column, gram));
  }

  /** The Gram matrices by site and batch. */
  private SiteGram[][] grams(SiteGroup group, List<int[]> batches) throws IOException {
    List<SiteGram[]> grams = new ArrayList<>();
    for (SiteBlock block : group.blocks()) {
      for (StoredLayer layer : block.layers()) {
        float[][] all = files.all(block, layer);
        grams.add(batches.stream().map(batch -> gram(all, batch)).toArray(SiteGram[]::new));
      }
    }
    return grams.toArray(SiteGram[][]::new);
  }

  private SiteGram gram(float[][] all, int[] batch) {
    DenseGram gram =
        DenseGram.ofFeatures(Arrays.stream(batch).mapToObj(i -> all[i]).toArray(float[][]::new));
    return SiteGram.of(needFeatures() ? gram : gram.reduced());
  }

  private boolean needFeatures() {
    return task.estimation().measures().stream()
        .anyMatch(measure -> Measures.of(measure).wantsFeatures());
  }
}
