package io.similitude.stage;

import io.similitude.execution.ErrorMessages;
import io.similitude.execution.TaskBody;
import io.similitude.execution.TaskOutcome;
import io.similitude.files.StorageException;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.significance.PValues;
import io.similitude.store.Part;
import io.similitude.store.RunFolder;
import io.similitude.store.StageName;
import io.similitude.store.row.FailureRow;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes the q-values of the whole table into every part, once all parts exist. The q-values depend
 * on all pairs of a measure. If the parts of the table change, the q-values change too. Everything
 * else in a part stays as it was committed.
 */
final class FalseDiscoveryStage {
  /**
   * The depth of the tree that combines the partitions, in a fixed order. The counts are exact in
   * any order.
   */
  private static final int DEPTH = 2;

  /** The number of pairs of a table that one process handles in one or two seconds. */
  private static final double SMALL_PAIRS = 1e6;

  private final SweepRun run;

  FalseDiscoveryStage(SweepRun run) {
    this.run = run;
  }

  /**
   * Writes the q-values and marks the table as complete.
   *
   * @param parts the parts that come from Gram matrices
   * @param others the parts that have no p-values; they stay unchanged
   * @param sites the number of all sites that are compared
   */
  void execute(List<Part> parts, List<Part> others, int sites) throws IOException {
    if (!new FileCheck(run, StageName.COMPARE).check(RunFolder.files(parts))) {
      return;
    }
    boolean isSmall = parts.isEmpty() || sites * (double) sites / 2 < SMALL_PAIRS;
    Map<MeasureColumns, PValues> table;
    try {
      table = isSmall ? gather(parts) : gatherOnSpark(parts);
    } catch (StorageException e) {
      run.fail(FailureRow.of("q-values", StageName.COMPARE, e.getMessage()), true);
      return;
    }
    if (!table.isEmpty() && !write(parts, new QValueTask.Job(table, run.writer()), isSmall)) {
      return;
    }
    run.writer().markComplete(Stream.concat(parts.stream(), others.stream()).toList());
  }

  private boolean write(List<Part> parts, QValueTask.Job job, boolean isSmall) {
    List<QValueTask> tasks = parts.stream().map(QValueTask::new).toList();
    TaskBody<QValueTask.Job, QValueTask> work = (shared, task, gpu, progress) -> task.run(shared);
    return new ComparisonTasks(run)
        .run("columns of q-values", isSmall, job, tasks, work).stream()
            .allMatch(TaskOutcome::isDone);
  }

  private Map<MeasureColumns, PValues> gather(List<Part> parts) {
    return parts.stream()
        .map(part -> read(run.folder(), part))
        .reduce(Map.of(), FalseDiscoveryStage::combine);
  }

  private Map<MeasureColumns, PValues> gatherOnSpark(List<Part> parts) {
    RunFolder folder = run.folder();
    return run.context()
        .parallelize(parts, parts.size())
        .map(part -> read(folder, part))
        .treeReduce(FalseDiscoveryStage::combine, DEPTH);
  }

  private static Map<MeasureColumns, PValues> read(RunFolder folder, Part part) {
    try {
      return new HashMap<>(folder.pValues(part));
    } catch (IOException e) {
      throw new StorageException(ErrorMessages.of(e), e);
    }
  }

  private static Map<MeasureColumns, PValues> combine(
      Map<MeasureColumns, PValues> a, Map<MeasureColumns, PValues> b) {
    Map<MeasureColumns, PValues> both = new HashMap<>(a);
    b.forEach((measure, pValues) -> both.merge(measure, pValues, PValues::combine));
    return both;
  }
}
