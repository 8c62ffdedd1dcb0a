package io.similitude.stage;

import io.similitude.execution.CommandSession;
import io.similitude.execution.HadoopSettings;
import io.similitude.execution.Task;
import io.similitude.execution.TaskOutcome;
import io.similitude.files.FileAccess;
import io.similitude.plan.RememberedEnds;
import io.similitude.plan.SweepPlan;
import io.similitude.plan.SweepPlanner;
import io.similitude.plan.Trainings;
import io.similitude.spec.SweepSpec;
import io.similitude.store.RunFolder;
import io.similitude.store.RunWriter;
import io.similitude.store.StageName;
import io.similitude.store.Tables;
import io.similitude.store.row.FailureRow;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * One command that works on one sweep. It holds the plan, the folder and Spark. Spark is started
 * when it is first needed. This class is used only on the driver.
 */
public final class SweepRun implements AutoCloseable {
  /** The path of the report's page in the run's folder. */
  static final String REPORT_INDEX = "report/index.html";

  private final FileAccess files;
  private final SweepSpec spec;
  private final RunFolder folder;
  private final List<Failed> failures = new ArrayList<>();
  private final DamagedFiles damaged = new DamagedFiles();
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private final Map<String, Integer> made = new TreeMap<>();
  private final Instant started = Instant.now();
  private SweepPlan plan;
  private Trainings trainings;
  private RunWriter writer;
  private CommandSession session;
  private String jobStage;
  private String jobDescription;
  private boolean changed;
  private Set<FailureRow> known = Set.of();
  private final RememberedEnds ends;

  private SweepRun(
      FileAccess files, SweepSpec spec, SweepPlan plan, Trainings trainings, RememberedEnds ends) {
    this.files = files;
    this.ends = ends;
    this.spec = spec;
    this.folder = folder(spec);
    this.plan = plan;
    this.trainings = trainings;
    plan.failures().forEach(failure -> fail(failure, false));
  }

  /**
   * Plans a sweep and opens its folder.
   *
   * @param untrained how to treat checkpoints that are not trained yet
   * @param retry whether networks that crashed or never ended in an earlier command are tried again
   */
  public static SweepRun open(
      SweepSpec spec, FileAccess files, Trainings.Untrained untrained, boolean retry)
      throws IOException {
    RememberedEnds ends =
        retry ? RememberedEnds.forgetting() : RememberedEnds.of(folder(spec), files);
    Trainings trainings = Trainings.of(spec, files, folder(spec), ends);
    SweepPlan plan = new SweepPlanner(spec, files, trainings, untrained, ends).plan();
    return new SweepRun(files, spec, plan, trainings, ends);
  }

  /** Makes a command for an existing plan. */
  public static SweepRun of(SweepPlan plan) {
    return new SweepRun(
        HadoopSettings.files(), plan.spec(), plan, Trainings.NONE, RememberedEnds.none());
  }

  /** Plans again after the training. Networks that are still untrained count as failed. */
  void planAgain() throws IOException {
    List<FailureRow> before = plan.failures();
    failures.removeIf(failed -> before.contains(failed.row()));
    trainings = trainings.asOf(folder);
    plan = new SweepPlanner(spec, files, trainings, Trainings.Untrained.FAIL, ends).plan();
    plan.failures().forEach(failure -> fail(failure, false));
  }

  SweepSpec spec() {
    return spec;
  }

  public Trainings trainings() {
    return trainings;
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

  /** Starts writing. After this call, the folder belongs to this command. */
  RunWriter writer() throws IOException {
    if (writer == null) {
      writer = folder.startWriting();
      ends.save(writer);
    }
    return writer;
  }

  /** Forgets which networks crashed or never ended, if the command asks for it. */
  void forgetEnds() throws IOException {
    if (ends.forgets() && files.exists(folder.location() + "/" + RememberedEnds.FOLDER)) {
      writer();
    }
  }

  /**
   * The outcome of a task that crashed or never ended in an earlier command; empty if it is to be
   * done.
   *
   * @param digest of everything that shapes the task
   */
  Optional<TaskOutcome> knownEnd(Task task, String digest) {
    return task.aloneFor()
        .flatMap(limit -> ends.cause(digest, limit))
        .map(cause -> new TaskOutcome(cause, false));
  }

  /** Spark SQL. */
  SparkSession spark() {
    return session().spark();
  }

  JavaSparkContext context() {
    return session().context();
  }

  private CommandSession session() {
    if (session == null) {
      session = CommandSession.open("similitude " + spec.sweep());
      nameJobs();
    }
    return session;
  }

  /** Names the jobs of Spark that follow, for its UI. Does not start Spark. */
  void nameJobs(String stage, String description) {
    jobStage = stage;
    jobDescription = description;
    if (session != null) {
      nameJobs();
    }
  }

  private void nameJobs() {
    if (jobStage != null) {
      session.context().setJobGroup(jobStage, jobDescription);
    }
  }

  Tables tables() {
    return new Tables(this::spark, folder);
  }

  void fail(FailureRow failure, boolean temporary) {
    failures.add(new Failed(failure, temporary));
  }

  /** Notes that a task failed, or that it found files of the run damaged. */
  void fail(FailureRow failure, TaskOutcome outcome) {
    outcome.damaged().forEach(path -> damaged.add(path, failure));
    fail(failure, outcome.temporary());
  }

  /**
   * Removes the files that were found damaged. Then these stages must run again: they make the
   * files, or they do without them. Their failures are forgotten, except those of files that they
   * do not make.
   *
   * @param stages the stages that can run again; if there are none, nothing is forgotten
   * @return whether these stages must run again
   */
  public boolean dropDamaged(List<String> stages) throws IOException {
    if (damaged.isEmpty()) {
      return false;
    }
    Map<String, FailureRow> removed = damaged.drop(writer());
    markChanged();
    if (stages.isEmpty()) {
      return false;
    }
    failures.removeIf(failed -> stages.contains(failed.row().stage()));
    removed.forEach(
        (path, failure) -> {
          if (!isMadeBy(stages, path)) {
            fail(failure, false);
          }
        });
    return true;
  }

  /** The damaged files that this command removed, relative to the run's folder. */
  public List<String> removed() {
    return damaged.dropped();
  }

  /**
   * Whether one of the stages makes this file. If extraction runs again, the stages that use its
   * results also run again.
   */
  private static boolean isMadeBy(List<String> stages, String path) {
    boolean isCompared =
        Stream.of(Table.SIMILARITIES, Table.Q_VALUES, Table.REPLICATES)
            .anyMatch(table -> path.startsWith(table.folder() + "/"));
    return stages.contains(isCompared ? StageName.COMPARE : StageName.EXTRACT);
  }

  public List<FailureRow> failures() {
    return failures.stream().map(Failed::row).toList();
  }

  /** A failure, and whether a second run of the same command may repair it. */
  private record Failed(FailureRow row, boolean temporary) {}

  /** Notes the failures of the previous command. */
  void failedBefore(List<FailureRow> before) {
    known = before.stream().map(SweepRun::place).collect(Collectors.toSet());
  }

  /** The failures that the previous command did not have. */
  public List<FailureRow> newFailures() {
    return failures().stream().filter(row -> !known.contains(place(row))).toList();
  }

  /** Names the work that failed, without the reason. */
  private static FailureRow place(FailureRow row) {
    return new FailureRow(row.checkpoint(), row.view(), row.batch(), row.stage(), "");
  }

  /** Counts one finished task of a stage. */
  void countMade(String stage) {
    made.merge(stage, 1, Integer::sum);
  }

  /** The number of tasks that this command has done, by stage. */
  public Map<String, Integer> made() {
    return Map.copyOf(made);
  }

  public Instant started() {
    return started;
  }

  /** Notes that this command has changed a table. */
  void markChanged() {
    changed = true;
  }

  public boolean hasChanged() {
    return changed;
  }

  void time(String stage, long nanoseconds) {
    seconds.put(stage, nanoseconds / 1e9);
  }

  /** The time that each stage took, in seconds. The stages are in the order in which they ran. */
  public Map<String, Double> seconds() {
    return seconds;
  }

  /** Whether something failed and a second run of the same command may repair all failures. */
  public boolean hasOnlyTemporaryFailures() {
    return !failures.isEmpty() && failures.stream().allMatch(Failed::temporary);
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
}
