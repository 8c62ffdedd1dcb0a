package io.similitude.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.spark.executor.ExecutorMetrics;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.util.AccumulatorMetadata;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import scala.Option;
import scala.Tuple2;
import scala.Tuple4;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

final class RunningTasksTest {
  private static final long OWN = 7;
  private static final long OTHER = 8;

  private final LongAccumulator counter = new LongAccumulator();
  private final RunningTasks running = new RunningTasks(counter);

  RunningTasksTest() {
    counter.metadata_$eq(new AccumulatorMetadata(OWN, Option.apply("steps"), false));
  }

  @Test
  void addsWhatExecutorsTellToWhatHasEnded() {
    counter.add(100);
    tell(1, OWN, 5);
    tell(2, OWN, 7);
    tell(2, OTHER, 1000);

    assertThat(running.value()).isEqualTo(112);
  }

  @Test
  void takesTheLastValueOfATask() {
    tell(1, OWN, 5);
    tell(1, OWN, 9);

    assertThat(running.value()).isEqualTo(9);
  }

  private void tell(long task, long accumulator, long value) {
    AccumulableInfo info =
        new AccumulableInfo(
            accumulator,
            Option.empty(),
            Option.apply((Object) value),
            Option.empty(),
            false,
            false,
            Option.empty());
    Seq<AccumulableInfo> infos = seq(List.of(info));
    running.onExecutorMetricsUpdate(
        new SparkListenerExecutorMetricsUpdate(
            "1",
            seq(List.of(new Tuple4<>((Object) task, (Object) 0, (Object) 0, infos))),
            CollectionConverters.asScala(Map.<Tuple2<Object, Object>, ExecutorMetrics>of())));
  }

  private static <T> Seq<T> seq(List<T> of) {
    return CollectionConverters.asScala(of).toSeq();
  }
}
