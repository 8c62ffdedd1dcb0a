package io.similitude.execution;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.LongAccumulator;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What a counter of the tasks that still run has come to. Spark adds a task's counter to the
 * driver's only when the task ends. Until then each executor tells its values every few seconds
 * ({@code spark.executor.heartbeatInterval}). Just after a task's end it may count twice, for a
 * moment.
 */
final class RunningTasks extends SparkListener {
  private final LongAccumulator counter;
  private final Map<Long, Long> byTask = new ConcurrentHashMap<>();

  RunningTasks(LongAccumulator counter) {
    this.counter = counter;
  }

  /** The count of the tasks that have ended and of those that run. */
  long value() {
    return counter.value() + byTask.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    CollectionConverters.asJava(update.accumUpdates())
        .forEach(
            task ->
                CollectionConverters.asJava(task._4())
                    .forEach(info -> note((Long) task._1(), info)));
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    byTask.remove(end.taskInfo().taskId());
  }

  private void note(Long task, AccumulableInfo info) {
    if (info.id() == counter.id() && info.update().isDefined()) {
      byTask.put(task, ((Number) info.update().get()).longValue());
    }
  }
}
