package io.similitude.job;

import io.similitude.similarity.Measure;
import io.similitude.similarity.Measures;
import io.similitude.similarity.Similarity;
import io.similitude.similarity.SimilarityRow;
import io.similitude.similarity.Site;
import io.similitude.spec.Bias;
import io.similitude.spec.Kernel;
import io.similitude.spec.Metric;
import io.similitude.spec.Setting;
import io.similitude.spec.SimilaritySpec;
import io.similitude.store.GramReader;
import io.similitude.store.GramRow;
import io.similitude.store.Unit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/**
 * The work of one part on an executor: all measures of two groups of sites, in one pass over their
 * Gram matrices, in the order of the batches.
 */
final class PartComparison {
  private final ComparisonJob job;
  private final PartTask task;
  private final List<Site> a;
  private final List<Site> b;

  PartComparison(ComparisonJob job, PartTask task) {
    this.job = job;
    this.task = task;
    this.a = task.rows().sites();
    this.b = task.columns().sites();
  }

  void run() throws IOException {
    List<PartMeasure> measures = job.measures().stream().map(this::measure).toList();
    try {
      for (int batch = 0; batch < job.batchSizes().size(); batch++) {
        add(batch, measures);
      }
      job.writer().writeSimilarities(task.part(), rows(measures));
    } finally {
      measures.forEach(PartMeasure::close);
    }
  }

  private PartMeasure measure(SimilaritySpec spec) {
    if (spec.given().isEmpty()) {
      return measure(spec, task);
    }
    List<GivenSite> given =
        job.given().stream().filter(it -> spec.given().contains(it.name())).toList();
    return new GivenMeasure(task, given, wider -> pairwise(spec, wider));
  }

  private PartMeasure measure(SimilaritySpec spec, PartTask part) {
    return isProduct(spec) ? new ProductCka(part) : pairwise(spec, part);
  }

  private PartMeasure pairwise(SimilaritySpec spec, PartTask part) {
    return new PairwiseMeasure<>(Measures.of(spec), part, this::isWanted);
  }

  /** Sites after the task's own are what is given. */
  private boolean isWanted(int row, int column) {
    return row >= a.size() || column >= b.size() || isWanted(a.get(row), b.get(column));
  }

  /** Whether all pairs follow from one product. */
  private static boolean isProduct(SimilaritySpec spec) {
    return spec.metric() == Metric.CKA
        && spec.setting(Setting.KERNEL, Kernel.class) == Kernel.LINEAR
        && spec.setting(Setting.BIAS, Bias.class) == Bias.UNBIASED;
  }

  private void add(int batch, List<PartMeasure> measures) throws IOException {
    read(task.rows(), batch, (gram, row) -> measures.forEach(measure -> measure.row(row, gram)));
    if (!task.isSymmetric()) {
      read(
          task.columns(),
          batch,
          (gram, column) -> measures.forEach(measure -> measure.column(column, gram)));
    }
    for (GivenSite given : job.given()) {
      SiteGram gram = read(given, batch);
      measures.forEach(measure -> measure.given(given.name(), gram));
    }
    measures.forEach(PartMeasure::endBatch);
  }

  private void read(SiteGroup group, int batch, ObjIntConsumer<SiteGram> sites) throws IOException {
    int offset = 0;
    for (SiteBlock block : group.blocks()) {
      List<Integer> positions = IntStream.range(0, block.layers().size()).boxed().toList();
      Unit unit = block.units().get(batch);
      try (GramReader reader = job.folder().grams(unit, positions);
          KeptFeatures features = new KeptFeatures(job, unit, block.kept())) {
        for (GramRow row = reader.next(); row != null; row = reader.next()) {
          float[][] kept = features.of(row.position());
          sites.accept(new SiteGram(row.gram(), kept), offset + row.position());
        }
      }
      offset += positions.size();
    }
  }

  private SiteGram read(GivenSite given, int batch) throws IOException {
    List<Integer> position = List.of(given.site().position());
    try (GramReader reader = job.folder().grams(given.units().get(batch), position)) {
      SiteGram gram = new SiteGram(reader.next().gram(), null);
      reader.next();
      return gram;
    }
  }

  private List<SimilarityRow> rows(List<PartMeasure> measures) {
    List<SimilarityRow> rows = new ArrayList<>();
    for (int i = 0; i < measures.size(); i++) {
      add(Measures.name(job.measures().get(i)), measures.get(i), rows);
    }
    return rows;
  }

  private void add(Measure name, PartMeasure measure, List<SimilarityRow> rows) {
    for (int i = 0; i < a.size(); i++) {
      for (int j = task.isSymmetric() ? i : 0; j < b.size(); j++) {
        if (isWanted(a.get(i), b.get(j))) {
          rows.add(row(name, measure, a.get(i), b.get(j), measure.pair(i, j)));
          if (!measure.isSymmetric() && !(task.isSymmetric() && i == j)) {
            rows.add(row(name, measure, b.get(j), a.get(i), measure.reversed(j, i)));
          }
        }
      }
    }
  }

  private static SimilarityRow row(
      Measure name, PartMeasure measure, Site a, Site b, Similarity similarity) {
    return new SimilarityRow(
        name, a, b, similarity, measure.sums().examples(), measure.sums().batches());
  }

  private boolean isWanted(Site one, Site other) {
    return switch (job.compare()) {
      case ALL -> true;
      case WITHIN_CHECKPOINT -> one.checkpoint().equals(other.checkpoint());
      case SAME_LAYER -> one.layer().equals(other.layer());
    };
  }
}
