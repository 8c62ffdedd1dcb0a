package io.similitude.stage;

import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.similitude.analysis.AttackText;
import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.Failure;
import io.similitude.analysis.Findings;
import io.similitude.analysis.FindingsBuilder;
import io.similitude.analysis.ViewSeries;
import io.similitude.analysis.finding.SweepFindings;
import io.similitude.files.TemporaryFolder;
import io.similitude.plan.ImportedPlan;
import io.similitude.plan.SweepPlan;
import io.similitude.report.ReportWriter;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.significance.QValues;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.Comparison;
import io.similitude.spec.SweepSpec;
import io.similitude.store.MeasureFields;
import io.similitude.store.SimilarityRows;
import io.similitude.store.StageName;
import io.similitude.store.Tables;
import io.similitude.store.row.FailureRow;
import io.similitude.store.row.RowChoice;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the report from the tables. */
public final class ReportStage {
  private static final Logger LOG = LoggerFactory.getLogger(ReportStage.class);

  private final SweepRun run;
  private final SweepSpec spec;

  public ReportStage(SweepRun run) {
    this.run = run;
    this.spec = run.plan().spec();
  }

  public void execute() throws IOException {
    long start = System.nanoTime();
    run.nameJobs(StageName.REPORT, "Report");
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      Findings findings = ReportWriter.write(similarities(), findings(), found(), folder.path());
      publish(folder.path());
      LOG.info("Report: {} heatmaps, {}", findings.heatmaps().size(), location());
    }
    run.time(StageName.REPORT, System.nanoTime() - start);
  }

  public String location() {
    return run.folder().location() + "/" + SweepRun.REPORT_INDEX;
  }

  private FindingsBuilder findings() throws IOException {
    List<CheckpointView> order = new ArrayList<>();
    for (CheckpointSpec checkpoint : spec.checkpoints()) {
      spec.views().forEach(view -> order.add(new CheckpointView(checkpoint.id(), view.id())));
    }
    for (ImportedPlan representation : run.plan().representations()) {
      viewsOf(representation)
          .forEach(view -> order.add(new CheckpointView(representation.id(), view)));
    }
    FindingsBuilder findings =
        new FindingsBuilder(spec.sweep(), order, FindingsBuilder.DEFAULT_MAX_HEATMAPS);
    findings.wanted(spec.report(), spec.compare() == Comparison.WITHIN_CHECKPOINT);
    spec.checkpoints().forEach(it -> findings.tags(it.id(), it.tags()));
    spec.views().forEach(view -> findings.view(view.id(), AttackText.of(view)));
    spec.report().perturbed().forEach(findings::view);
    ViewSeries.of(spec.views()).forEach(findings::add);
    for (SweepPlan plan : run.plan().byData()) {
      new Accuracies(plan.spec(), run.tables())
          .list(checkpoints(), viewsOf(plan))
          .forEach(findings::add);
      new ExampleStrips(run, plan).list().forEach(findings::add);
    }
    new TrainingHistory(run.folder(), spec.views())
        .of(run.trainings().planned())
        .forEach(findings::add);
    run.failures().forEach(failure -> findings.add(finding(failure)));
    Manifest.provenance(run).forEach(findings::provenance);
    return findings;
  }

  /** The findings about checkpoints and views that the spec still has. */
  private SweepFindings found() throws IOException {
    SweepFindings found = FindingTables.read(run.tables());
    Set<String> known = new HashSet<>(checkpoints());
    Set<String> shown = new HashSet<>(views());
    return found.only(known, shown);
  }

  private static Failure finding(FailureRow failure) {
    String unit = failure.checkpoint();
    if (failure.view() != null) {
      unit += " / " + failure.view();
    }
    if (failure.batch() != null) {
      unit += ", batch " + failure.batch();
    }
    return new Failure(unit, failure.stage(), failure.cause());
  }

  /** The similarity rows of the plan's sites, in the order of the spec. */
  private Iterator<SimilarityRow> similarities() throws IOException {
    RowChoice choice = RowChoice.ALL.ofPairs(checkpoints(), views());
    Tables tables = run.tables();
    Map<MeasureColumns, QValues> qValues = run.folder().qValues();
    if (tables.isSmall(Table.SIMILARITIES)) {
      List<SimilarityRow> rows =
          tables.read(Table.SIMILARITIES, choice, row -> SimilarityRows.decode(row, qValues));
      return rows.stream().sorted(new SpecOrder(checkpoints(), views())).iterator();
    }
    Iterator<Row> ordered =
        tables.open(Table.SIMILARITIES, choice).orderBy(order()).toLocalIterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return ordered.hasNext();
      }

      @Override
      public SimilarityRow next() {
        return SimilarityRows.decode(ordered.next(), qValues);
      }
    };
  }

  private Column[] order() {
    Stream<Column> measure = MeasureFields.NAMES.stream().map(name -> col(name));
    return Stream.concat(measure, Stream.of("a_", "b_").flatMap(this::siteOrder))
        .toArray(Column[]::new);
  }

  private Stream<Column> siteOrder(String prefix) {
    return Stream.of(
        array_position(lit(checkpoints().toArray(new String[0])), col(prefix + "checkpoint")),
        array_position(lit(views().toArray(new String[0])), col(prefix + "view")),
        col(prefix + "position"));
  }

  private List<String> checkpoints() {
    return Stream.concat(
            spec.checkpoints().stream().map(CheckpointSpec::id),
            run.plan().representations().stream().map(ImportedPlan::id))
        .toList();
  }

  private List<String> views() {
    return Stream.concat(
            spec.views().stream().map(view -> view.id()),
            run.plan().representations().stream().flatMap(ReportStage::viewsOf))
        .distinct()
        .toList();
  }

  private static List<String> viewsOf(SweepPlan plan) {
    return plan.spec().views().stream().map(view -> view.id()).toList();
  }

  private static Stream<String> viewsOf(ImportedPlan representation) {
    return representation.storedUnits().stream().map(unit -> unit.key().view()).distinct();
  }

  private void publish(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        run.writer().writeFile("report/" + file.getFileName(), file);
      }
    }
  }
}
