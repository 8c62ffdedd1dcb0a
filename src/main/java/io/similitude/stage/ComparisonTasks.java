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

/** Runs the tasks of a comparison, on Spark where they are large, and takes down what failed. */
final class ComparisonTasks {
  private static final Logger LOG = LoggerFactory.getLogger(ComparisonTasks.class);

  private final SweepRun run;

  ComparisonTasks(SweepRun run) {
    this.run = run;
  }

  /**
   * The outcomes, one a task, in their order.
   *
   * @param noun what the tasks are called, in the plural
   * @param isSmall whether Spark would take longer to hand them out than they take
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
