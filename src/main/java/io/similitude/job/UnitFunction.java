package io.similitude.job;

import io.similitude.files.StorageException;
import io.similitude.network.NativeThreads;
import io.similitude.network.TorchEngine;
import io.similitude.spec.InputException;
import java.io.IOException;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a unit in a Spark task. What is wrong with the unit itself becomes its outcome; what may be
 * the executor's fault is left to Spark to try again, until there is no attempt left: then it
 * becomes the outcome too, so that one unit never takes the sweep down.
 */
final class UnitFunction implements Function<UnitTask, UnitOutcome> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(UnitFunction.class);

  private final Broadcast<ExtractionJob> job;
  private final Counters counters;

  UnitFunction(Broadcast<ExtractionJob> job, Counters counters) {
    this.job = job;
    this.counters = counters;
  }

  /** What the driver watches while the job is going on. */
  record Counters(LongAccumulator done, LongAccumulator failed, LongAccumulator images)
      implements java.io.Serializable {
    void count(UnitOutcome outcome, int examples) {
      (outcome.isDone() ? done : failed).add(1);
      images.add(outcome.isDone() ? examples : 0);
    }
  }

  @Override
  public UnitOutcome call(UnitTask task) throws Exception {
    TaskContext context = TaskContext.get();
    UnitOutcome outcome = attempt(task, context, context.attemptNumber() + 1);
    counters.count(outcome, task.batch().count());
    return outcome;
  }

  private UnitOutcome attempt(UnitTask task, TaskContext context, int attempt) throws Exception {
    ExtractionJob shared = job.value();
    try {
      TorchEngine.configure(shared.threads());
      UnitExtraction extraction = new UnitExtraction(shared, grantedGpu(context));
      NativeThreads.run(() -> extraction.run(task));
      return UnitOutcome.done(task.unit().key());
    } catch (InputException e) {
      return UnitOutcome.failed(task.unit().key(), e.getMessage(), false);
    } catch (IOException | RuntimeException e) {
      if (attempt < shared.attempts() || context.isInterrupted()) {
        throw e;
      }
      LOG.warn("Cannot do unit {}", task.unit().key(), e);
      return UnitOutcome.failed(
          task.unit().key(), OneLine.of(e), e instanceof IOException || isStorage(e));
    }
  }

  private static boolean isStorage(Exception e) {
    return e instanceof StorageException;
  }

  /** The address of the GPU that Spark gave to this task, if it gives any. */
  private static Optional<Integer> grantedGpu(TaskContext context) {
    ResourceInformation gpus = context.resourcesJMap().get("gpu");
    return gpus == null || gpus.addresses().length == 0
        ? Optional.empty()
        : Optional.of(Integer.valueOf(gpus.addresses()[0]));
  }
}
