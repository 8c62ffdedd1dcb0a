package io.similitude.execution;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.source.Source;

/**
 * The work that this command has done, as a source of Spark's metrics system. Any sink of that
 * system, for example Prometheus, receives these numbers: units done and failed, images and images
 * a second, and the seconds of each stage.
 */
final class StageMetrics implements Source {
  private static StageMetrics current;
  private static SparkEnv registeredIn;

  private final MetricRegistry registry = new MetricRegistry();
  private final List<TaskCounters> all = new CopyOnWriteArrayList<>();
  private final Map<String, List<long[]>> spans = new ConcurrentHashMap<>();

  private StageMetrics() {
    gauge("units_done", () -> sum(counters -> counters.done().value()));
    gauge("units_failed", () -> sum(counters -> counters.failed().value()));
    gauge("images", () -> sum(counters -> counters.images().value()));
    gauge("images_a_second", this::imagesASecond);
  }

  /** The metrics of the running Spark. The first call registers them there. */
  static synchronized StageMetrics current() {
    if (current == null || registeredIn != SparkEnv.get()) {
      current = new StageMetrics();
      registeredIn = SparkEnv.get();
      registeredIn.metricsSystem().registerSource(current);
    }
    return current;
  }

  @Override
  public String sourceName() {
    return "similitude";
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }

  /** Follows a stage from now on. The caller runs the result when the stage ends. */
  Runnable begin(String stage, TaskCounters counters) {
    all.add(counters);
    long[] span = {System.nanoTime(), -1};
    List<long[]> ofStage = spans.computeIfAbsent(stage, this::seconds);
    ofStage.add(span);
    return () -> span[1] = System.nanoTime();
  }

  private List<long[]> seconds(String stage) {
    List<long[]> ofStage = new CopyOnWriteArrayList<>();
    gauge("seconds_" + stage, () -> seconds(ofStage));
    return ofStage;
  }

  private double imagesASecond() {
    List<long[]> every = new ArrayList<>();
    spans.values().forEach(every::addAll);
    double seconds = seconds(every);
    return seconds == 0 ? 0 : sum(counters -> counters.images().value()) / seconds;
  }

  private static double seconds(List<long[]> spans) {
    long now = System.nanoTime();
    return spans.stream().mapToLong(span -> (span[1] < 0 ? now : span[1]) - span[0]).sum() / 1e9;
  }

  private long sum(ToLongFunction<TaskCounters> of) {
    return all.stream().mapToLong(of).sum();
  }

  private <T> void gauge(String name, Gauge<T> value) {
    registry.register(name, value);
  }
}
