package io.similitude.comparison.activation;

import io.similitude.comparison.ActivationJob;
import io.similitude.comparison.ActivationTask;
import io.similitude.comparison.WantedPairs;
import io.similitude.plan.BatchPlan;
import io.similitude.similarity.exact.ExactMeasure;
import io.similitude.similarity.exact.ExactProducts;
import io.similitude.similarity.exact.ExactSums;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Measures;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.store.PartWriter;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** The sums of a part's exact linear CKA, one for each bias, and the rows that result from them. */
final class ExactRows {
  private static final int BATCHES = 1;

  private final ActivationJob job;
  private final ActivationTask task;
  private final WantedPairs pairs;
  private final Map<MeasureSpec.Bias, ExactSums> sums = new EnumMap<>(MeasureSpec.Bias.class);

  ExactRows(ActivationJob job, ActivationTask task, ExactProducts products) {
    this.job = job;
    this.task = task;
    this.pairs = new WantedPairs(job.compare(), job.findings(), task.rows(), task.columns());
    for (MeasureSpec spec : task.estimation().measures()) {
      sums.computeIfAbsent(ExactMeasure.of(spec).bias(), bias -> empty(bias, products));
    }
  }

  Collection<ExactSums> sums() {
    return sums.values();
  }

  void write(PartWriter out) throws IOException {
    for (MeasureSpec spec : task.estimation().measures()) {
      ExactMeasure measure = ExactMeasure.of(spec);
      MeasureColumns name = Measures.name(spec);
      pairs.forEach(
          (i, j) ->
              out.add(
                  new SimilarityRow(
                      name,
                      pairs.row(i),
                      pairs.column(j),
                      similarity(measure, i, j),
                      job.examples(),
                      BATCHES)));
    }
  }

  private MeasureValue similarity(ExactMeasure measure, int row, int column) {
    MeasureValue cka = sums.get(measure.bias()).similarity(row, column);
    return pairs.isItself(row, column) ? measure.ofItself(cka) : measure.of(cka);
  }

  private ExactSums empty(MeasureSpec.Bias bias, ExactProducts products) {
    int[] sizes = job.batches().stream().mapToInt(BatchPlan::count).toArray();
    int rows = task.rows().size();
    return task.isSymmetric()
        ? ExactSums.ofGroup(bias, rows, sizes, pairs::wants, products)
        : ExactSums.of(bias, rows, task.columns().size(), sizes, pairs::wants, products);
  }
}
