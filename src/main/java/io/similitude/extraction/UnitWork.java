package io.similitude.extraction;

import io.similitude.execution.ProcessEnd;
import io.similitude.execution.TaskBody;
import io.similitude.execution.TaskProgress;
import io.similitude.plan.RememberedEnds;
import java.io.IOException;
import java.util.Optional;

/** Extracts one unit. The run remembers a unit that crashes or never ends. */
public record UnitWork() implements TaskBody<UnitTask.Job, UnitTask> {
  @Override
  public void run(UnitTask.Job job, UnitTask task, Optional<Integer> gpu, TaskProgress progress)
      throws IOException {
    new UnitExtraction(job, gpu).run(task);
  }

  @Override
  public void ended(UnitTask.Job job, UnitTask task, String cause, ProcessEnd end)
      throws IOException {
    RememberedEnds.write(job.writer(), task.unit().digest(), cause, end);
  }
}
