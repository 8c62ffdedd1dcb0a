package io.similitude.extraction;

import io.similitude.execution.ProcessEnd;
import io.similitude.execution.TaskBody;
import io.similitude.execution.TaskProgress;
import io.similitude.plan.RememberedEnds;
import java.io.IOException;
import java.util.Optional;

/**
 * Makes one batch of perturbed inputs that several units use. The run remembers a batch whose
 * making crashes or never ends.
 */
public record PerturbWork() implements TaskBody<UnitTask.Job, PerturbTask> {
  @Override
  public void run(UnitTask.Job job, PerturbTask task, Optional<Integer> gpu, TaskProgress progress)
      throws IOException {
    new PerturbedInputs(job, gpu)
        .craftAndKeep(
            task.crafting(), job.dataset().open(job.files()).read(task.batch().examples()));
  }

  @Override
  public void ended(UnitTask.Job job, PerturbTask task, String cause, ProcessEnd end)
      throws IOException {
    RememberedEnds.write(job.writer(), task.crafting().digest(), cause, end);
  }
}
