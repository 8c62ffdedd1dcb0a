package io.similitude.comparison.gram;

import io.similitude.comparison.ComparisonJob;
import io.similitude.comparison.PartTask;
import io.similitude.comparison.SiteGroup;
import io.similitude.comparison.WantedPairs;
import io.similitude.comparison.WantedProducts;
import io.similitude.execution.TaskProgress;
import io.similitude.plan.Covariate;
import io.similitude.plan.SiteBlock;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.Measures;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.store.GramReader;
import io.similitude.store.PartWriter;
import io.similitude.store.ReplicateRow;
import io.similitude.store.Unit;
import io.similitude.store.row.UnitRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/**
 * Computes one part on an executor: all measures of two groups of sites. It reads their Gram
 * matrices once, in the order of the batches.
 */
public final class GramComparison {
  private final ComparisonJob job;
  private final PartTask task;
  private final WantedPairs pairs;
  private final WantedProducts products;
  private final Optional<Integer> gpu;
  private final TaskProgress progress;

  GramComparison(ComparisonJob job, PartTask task, Optional<Integer> gpu, TaskProgress progress) {
    this.job = job;
    this.gpu = gpu;
    this.progress = progress;
    this.task = task;
    this.pairs = new WantedPairs(job.compare(), job.findings(), task.rows(), task.columns());
    this.products = WantedProducts.of(job.compare(), job.findings(), task);
  }

  /**
   * Computes and commits a part.
   *
   * @param gpu the index of the GPU that Spark assigned; empty for the CPU
   * @param progress counts each Gram matrix that was read as a step, and the rows
   * @throws IllegalStateException if PyTorch does not see the GPU
   */
  public static void run(
      ComparisonJob job, PartTask task, Optional<Integer> gpu, TaskProgress progress)
      throws IOException {
    new GramComparison(job, task, gpu, progress).run();
  }

  private void run() throws IOException {
    List<Accumulator> measures = new ArrayList<>();
    try {
      job.measures().forEach(spec -> measures.add(measure(spec)));
      for (int batch = 0; batch < job.batchSizes().size(); batch++) {
        add(batch, measures);
      }
      write(measures);
    } finally {
      measures.forEach(Accumulator::close);
    }
  }

  private Accumulator measure(MeasureSpec spec) {
    if (spec.given().isEmpty()) {
      return Measures.product(spec)
          .<Accumulator>map(product -> new ProductAccumulator(spec, product, task, products, gpu))
          .orElseGet(() -> pairwise(spec, task));
    }
    List<Covariate> given =
        job.given().stream().filter(it -> spec.given().contains(it.name())).toList();
    return new PartialCkaAccumulator(task, given, wider -> pairwise(spec, wider));
  }

  private Accumulator pairwise(MeasureSpec spec, PartTask part) {
    return new PairwiseAccumulator<>(Measures.of(spec), part, this::isWanted);
  }

  /** Sites after the task's own sites are the given representations. */
  private boolean isWanted(int row, int column) {
    return row >= pairs.rows() || column >= pairs.columns() || pairs.wants(row, column);
  }

  private void add(int batch, List<Accumulator> measures) throws IOException {
    read(task.rows(), batch, (gram, row) -> measures.forEach(measure -> measure.row(row, gram)));
    if (!task.isSymmetric()) {
      read(
          task.columns(),
          batch,
          (gram, column) -> measures.forEach(measure -> measure.column(column, gram)));
    }
    for (Covariate given : job.given()) {
      SiteGram gram = read(given, batch);
      measures.forEach(measure -> measure.given(given.name(), gram));
    }
    measures.forEach(Accumulator::endBatch);
  }

  private void read(SiteGroup group, int batch, ObjIntConsumer<SiteGram> sites) throws IOException {
    int offset = 0;
    for (SiteBlock block : group.blocks()) {
      List<Integer> positions = IntStream.range(0, block.layers().size()).boxed().toList();
      Unit unit = block.units().get(batch);
      try (GramReader reader = job.folder().grams(unit, positions).sharingMemory();
          KeptFeatures features = new KeptFeatures(job, unit, block.kept())) {
        for (UnitRow.Gram row = reader.next(); row != null; row = reader.next()) {
          int at = row.position();
          long width = block.layers().get(at).features();
          StoredGram stored = new StoredGram(unit.key(), unit.digest(), at);
          SiteGram gram = new SiteGram(row.gram(), row.summary(), features.of(at), width, stored);
          sites.accept(gram, offset + at);
          progress.step();
        }
      }
      offset += positions.size();
    }
  }

  private SiteGram read(Covariate given, int batch) throws IOException {
    List<Integer> position = List.of(given.site().position());
    try (GramReader reader = job.folder().grams(given.units().get(batch), position)) {
      UnitRow.Gram row = reader.next();
      SiteGram gram = new SiteGram(row.gram(), row.summary(), null);
      reader.next();
      return gram;
    }
  }

  private void write(List<Accumulator> measures) throws IOException {
    long examples = job.batchSizes().stream().mapToLong(Integer::longValue).sum();
    if (job.findings().isWanted()) {
      writeReplicates(measures);
    }
    try (PartWriter out = job.writer().part(task.part(), task.coverage()).telling(progress::row)) {
      new PartRows(pairs, examples).write(job.measures(), measures, out);
      out.commit();
    }
  }

  /**
   * Writes the replicates before the part itself. So the replicates are complete whenever the part
   * exists.
   */
  private void writeReplicates(List<Accumulator> measures) throws IOException {
    try (ReplicateRow.Writer out = job.writer().replicates(task.part())) {
      for (int m = 0; m < measures.size(); m++) {
        MeasureColumns name = Measures.name(job.measures().get(m));
        Accumulator measure = measures.get(m);
        if (measure.isSymmetric()) {
          pairs.forEach((i, j) -> writeReplicates(name, measure, i, j, out));
        }
      }
      out.commit();
    }
  }

  private void writeReplicates(
      MeasureColumns name, Accumulator measure, int i, int j, ReplicateRow.Writer out)
      throws IOException {
    if (pairs.isForFindings(i, j)) {
      out.add(
          new ReplicateRow(
              name, pairs.row(i), pairs.column(j), measure.pair(i, j), measure.replicates(i, j)));
    }
  }
}
