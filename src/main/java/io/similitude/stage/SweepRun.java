package io.similitude.stage;

import io.similitude.cli.ExitStatus;
import io.similitude.cli.SweepOptions;
import io.similitude.execution.CommandSession;
import io.similitude.execution.HadoopSettings;
import io.similitude.files.FileAccess;
import io.similitude.plan.SweepPlan;
import io.similitude.plan.SweepPlanner;
import io.similitude.spec.SweepSpec;
import io.similitude.store.FailureRow;
import io.similitude.store.RunFolder;
import io.similitude.store.RunWriter;
import io.similitude.store.Table;
import io.similitude.store.Tables;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One command at work on one sweep: its plan, its folder, and Spark, which is started by the first
 * who needs it. On the driver only.
 */
public final class SweepRun implements AutoCloseable {
  private final FileAccess files;
  private final SweepPlan plan;
  private final RunFolder folder;
  private final List<FailureRow> failures;
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private RunWriter writer;
  private CommandSession session;
  private boolean temporaryOnly = true;
  private boolean changed;

  private SweepRun(FileAccess files, SweepPlan plan, RunFolder folder) {
    this.files = files;
    this.plan = plan;
    this.folder = folder;
    this.failures = new ArrayList<>(plan.failures());
    this.temporaryOnly = plan.failures().isEmpty();
  }

  public static SweepRun open(SweepOptions options) {
    FileAccess files = HadoopSettings.files();
    SweepSpec spec = options.read(files);
    RunFolder folder = folder(spec);
    return new SweepRun(files, new SweepPlanner(spec, files).plan(), folder);
  }

  /** A command on a plan that is there already. */
  public static SweepRun of(SweepPlan plan) {
    return new SweepRun(HadoopSettings.files(), plan, folder(plan.spec()));
  }

  public static RunFolder folder(SweepSpec spec) {
    return RunFolder.at(spec.output() + "/" + spec.sweep(), HadoopSettings.configuration());
  }

  public FileAccess files() {
    return files;
  }

  public SweepPlan plan() {
    return plan;
  }

  public RunFolder folder() {
    return folder;
  }

  /** Starts writing: from here on the folder belongs to this command. */
  RunWriter writer() throws IOException {
    if (writer == null) {
      writer = folder.startWriting();
    }
    return writer;
  }

  SparkSession spark() {
    if (session == null) {
      session = CommandSession.open("similitude " + plan.spec().sweep());
    }
    return session.spark();
  }

  JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(spark().sparkContext());
  }

  Tables tables() {
    return new Tables(spark(), folder);
  }

  void fail(FailureRow failure, boolean temporary) {
    failures.add(failure);
    temporaryOnly &= temporary;
  }

  public List<FailureRow> failures() {
    return List.copyOf(failures);
  }

  /** Says that this command has changed a table. */
  void markChanged() {
    changed = true;
  }

  public boolean hasChanged() {
    return changed;
  }

  void time(String stage, long nanoseconds) {
    seconds.put(stage, nanoseconds / 1e9);
  }

  Map<String, Double> seconds() {
    return seconds;
  }

  /** Whether nothing failed, and an earlier command has left the report of the same inputs here. */
  public boolean isRecorded(String command) throws IOException {
    return failures.isEmpty()
        && files.exists(folder.location() + "/" + ReportStage.INDEX)
        && Manifest.isCurrent(this, command);
  }

  /** Writes down what these stages came to: the failures and the manifest. */
  public void finish(String command, List<String> stages) throws IOException {
    List<FailureRow> all = new ArrayList<>(failuresOfOthers(stages));
    all.addAll(failures);
    writer().replaceFailures(all);
    Manifest.write(this, command);
  }

  /** Names what failed at the end of the console's lines, and says how the command ended. */
  public ExitStatus complain() {
    if (!failures.isEmpty()) {
      System.err.printf(
          "ERROR %d failed, the rest is done and kept; the first: %s: %s%n",
          failures.size(), failures.get(0).checkpoint(), failures.get(0).cause());
    }
    return status();
  }

  ExitStatus status() {
    if (failures.isEmpty()) {
      return ExitStatus.DONE;
    }
    return temporaryOnly ? ExitStatus.TEMPORARY_FAILURE : ExitStatus.SOME_FAILED;
  }

  @Override
  public void close() throws IOException {
    try {
      if (writer != null) {
        writer.finish();
      }
    } finally {
      if (session != null) {
        session.close();
      }
    }
  }

  private List<FailureRow> failuresOfOthers(List<String> stages) throws IOException {
    if (!files.exists(folder.location() + "/" + Table.FAILURES.folder())) {
      return List.of();
    }
    return tables().open(Table.FAILURES).collectAsList().stream()
        .filter(row -> !stages.contains(row.<String>getAs("stage")))
        .map(SweepRun::failure)
        .toList();
  }

  private static FailureRow failure(Row row) {
    return new FailureRow(
        row.getAs("checkpoint"),
        row.getAs("view"),
        row.getAs("batch"),
        row.getAs("stage"),
        row.getAs("cause"));
  }
}
