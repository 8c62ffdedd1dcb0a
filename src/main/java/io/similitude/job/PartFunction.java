package io.similitude.job;

import static java.util.stream.Collectors.joining;

import io.similitude.files.StorageException;
import io.similitude.network.NativeThreads;
import io.similitude.network.TorchEngine;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares two groups of sites in a Spark task; fails as {@link UnitFunction} does. */
final class PartFunction implements Function<PartTask, PartOutcome> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(PartFunction.class);

  private final Broadcast<ComparisonJob> job;
  private final LongAccumulator done;

  PartFunction(Broadcast<ComparisonJob> job, LongAccumulator done) {
    this.job = job;
    this.done = done;
  }

  @Override
  public PartOutcome call(PartTask task) throws Exception {
    TaskContext context = TaskContext.get();
    ComparisonJob shared = job.value();
    try {
      TorchEngine.configure(shared.threads());
      NativeThreads.run(() -> new PartComparison(shared, task).run());
      done.add(1);
      return new PartOutcome(name(task), null, false);
    } catch (IOException | RuntimeException e) {
      if (context.attemptNumber() + 1 < shared.attempts() || context.isInterrupted()) {
        throw e;
      }
      LOG.warn("Cannot do part {}", task.part(), e);
      boolean temporary = e instanceof IOException || e instanceof StorageException;
      return new PartOutcome(name(task), OneLine.of(e), temporary);
    }
  }

  private static String name(PartTask task) {
    return Stream.of(task.rows(), task.columns())
        .map(PartFunction::name)
        .distinct()
        .collect(joining(" with "));
  }

  private static String name(SiteGroup group) {
    return group.blocks().stream().map(SiteBlock::checkpoint).distinct().collect(joining(", "));
  }
}
