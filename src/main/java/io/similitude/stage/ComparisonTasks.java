package io.similitude.stage;

import io.similitude.execution.LocalRunner;
import io.similitude.execution.SparkRunner;
import io.similitude.execution.Task;
import io.similitude.execution.TaskBody;
import io.similitude.execution.TaskOutcome;
import io.similitude.store.StageName;
import io.similitude.store.row.FailureRow;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the tasks of a comparison and records the failures. Large tasks run on Spark. */
final class ComparisonTasks {
  private static final Logger LOG = LoggerFactory.getLogger(ComparisonTasks.class);

  private final SweepRun run;

  ComparisonTasks(SweepRun run) {
    this.run = run;
  }

  /**
   * Runs the tasks. Returns one outcome for each task, in the order of the tasks.
   *
   * @param noun the name of the tasks, in the plural
   * @param isSmall whether Spark would need more time to distribute the tasks than the tasks
   *     themselves need
   */
  <J, T extends Task> List<TaskOutcome> run(
      String noun, boolean isSmall, J job, List<T> tasks, TaskBody<J, T> work) {
    if (tasks.isEmpty()) {
      return List.of();
    }
    List<TaskOutcome> outcomes =
        isSmall
            ? LocalRunner.run(job, tasks, work)
            : new SparkRunner(run.context(), StageName.COMPARE, noun).run(job, tasks, work);
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i).isDone()) {
        run.countMade(StageName.COMPARE);
      } else {
        takeDown(tasks.get(i).label(), outcomes.get(i));
      }
    }
    return outcomes;
  }

  private void takeDown(String what, TaskOutcome outcome) {
    LOG.warn("Cannot compare {}: {}", what, outcome.failure());
    run.fail(FailureRow.of(what, StageName.COMPARE, outcome.failure()), outcome);
  }
}
