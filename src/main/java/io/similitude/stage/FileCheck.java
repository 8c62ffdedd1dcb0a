package io.similitude.stage;

import io.similitude.execution.LocalRunner;
import io.similitude.execution.SparkRunner;
import io.similitude.execution.Task;
import io.similitude.execution.TaskBody;
import io.similitude.execution.TaskOutcome;
import io.similitude.spec.SweepSpec;
import io.similitude.store.RunFolder;
import io.similitude.store.row.FailureRow;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks files of tables before Spark reads them. Spark itself does not check their digests. */
public final class FileCheck {
  private static final int FILES_OF_A_TASK = 256;

  /** The number of files that the driver checks in one or two seconds. */
  private static final int SMALL = 1 << 13;

  private final SweepRun run;
  private final String stage;

  public FileCheck(SweepRun run, String stage) {
    this.run = run;
    this.stage = stage;
  }

  /**
   * Checks the tables that the findings and the report read: similarities with their q-values,
   * replicates and predictions.
   *
   * @return whether all files are unchanged since they were written
   */
  public boolean execute() throws IOException {
    List<String> paths = new ArrayList<>(paths(Table.SIMILARITIES));
    paths.addAll(paths(Table.Q_VALUES));
    if (run.plan().findingPairs().isWanted()) {
      paths.addAll(paths(Table.REPLICATES));
    }
    Set<String> folders = folders(run.plan().spec());
    paths(Table.PREDICTIONS).stream()
        .filter(path -> folders.contains(path.substring(0, path.lastIndexOf('/'))))
        .forEach(paths::add);
    return check(paths);
  }

  /** Checks these files and records the damaged files. Returns true if no file is damaged. */
  boolean check(List<String> paths) {
    List<FilesTask> tasks = new ArrayList<>();
    for (int from = 0; from < paths.size(); from += FILES_OF_A_TASK) {
      int to = Math.min(paths.size(), from + FILES_OF_A_TASK);
      tasks.add(new FilesTask(paths.subList(from, to)));
    }
    List<TaskOutcome> failed =
        outcomes(tasks, paths.size()).stream().filter(it -> !it.isDone()).toList();
    failed.forEach(this::takeDown);
    return failed.isEmpty();
  }

  private List<TaskOutcome> outcomes(List<FilesTask> tasks, int files) {
    TaskBody<RunFolder, FilesTask> work =
        (folder, task, gpu, progress) -> folder.check(task.paths());
    if (tasks.isEmpty()) {
      return List.of();
    }
    return files <= SMALL
        ? LocalRunner.run(run.folder(), tasks, work)
        : new SparkRunner(run.context(), stage, "groups of files to check")
            .run(run.folder(), tasks, work);
  }

  private void takeDown(TaskOutcome outcome) {
    if (outcome.damaged().isEmpty()) {
      run.fail(FailureRow.of("tables", stage, outcome.failure()), outcome);
    }
    for (String path : outcome.damaged()) {
      String cause =
          "Cannot read %s/%s: its bytes are not those that were written (run makes it again)"
              .formatted(run.folder().location(), path);
      run.fail(FailureRow.of(path, stage, cause), new TaskOutcome(cause, false, List.of(path)));
    }
  }

  private Collection<String> paths(Table table) throws IOException {
    return run.folder().listing().tableFiles(table).keySet();
  }

  private static Set<String> folders(SweepSpec spec) {
    return spec.checkpoints().stream()
        .flatMap(
            checkpoint ->
                spec.views().stream()
                    .map(
                        view ->
                            "%s/checkpoint=%s/view=%s"
                                .formatted(Table.PREDICTIONS.folder(), checkpoint.id(), view.id())))
        .collect(Collectors.toSet());
  }

  /** Some files, by path relative to the run's folder. */
  private record FilesTask(List<String> paths) implements Task {
    FilesTask {
      paths = List.copyOf(paths);
    }

    @Override
    public String label() {
      return paths.get(0) + " and more";
    }
  }
}
