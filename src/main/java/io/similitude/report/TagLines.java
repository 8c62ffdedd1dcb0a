package io.similitude.report;

import io.similitude.analysis.Findings;
import io.similitude.analysis.finding.ComparedNetwork;
import io.similitude.analysis.statistics.RunError;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Checkpoints grouped by the value of a tag, and then by their training run. The line of a value is
 * the mean over runs of the mean over a run's checkpoints.
 *
 * @param runs the checkpoints of each run, for each value
 */
record TagLines(String tag, Map<String, Map<String, List<String>>> runs) {
  /** The largest number of values. A tag with more values is a name, not a group. */
  private static final int MOST_VALUES = 12;

  /** Tags that identify a run or a time in it. They do not describe what was done. */
  private static final Set<String> NO_GROUPS =
      Set.of("run", "seed", "init", "role", "epoch", "iteration");

  /** All tags with at least two values that have at least two runs each. */
  static List<TagLines> all(Findings findings) {
    Set<String> tags = new LinkedHashSet<>();
    findings.tags().values().forEach(of -> tags.addAll(of.keySet()));
    tags.removeAll(NO_GROUPS);
    return tags.stream().map(tag -> of(findings, tag)).filter(TagLines::hasGroups).toList();
  }

  private static TagLines of(Findings findings, String tag) {
    Map<String, Map<String, List<String>>> runs = new LinkedHashMap<>();
    findings
        .tags()
        .forEach(
            (id, tags) -> {
              if (tags.containsKey(tag)
                  && !ComparedNetwork.BEGINNINGS.contains(tags.getOrDefault("role", ""))) {
                runs.computeIfAbsent(tag + "=" + tags.get(tag), v -> new LinkedHashMap<>())
                    .computeIfAbsent(tags.getOrDefault("run", id), run -> new ArrayList<>())
                    .add(id);
              }
            });
    return new TagLines(tag, runs);
  }

  private boolean hasGroups() {
    return runs.size() <= MOST_VALUES
        && runs.values().stream().filter(it -> it.size() > 1).count() > 1;
  }

  /** The line of each value, computed from the lines of checkpoints. */
  Map<String, List<MeasureValue>> means(Map<String, List<MeasureValue>> lines) {
    Map<String, List<MeasureValue>> means = new LinkedHashMap<>();
    int steps = lines.values().iterator().next().size();
    runs.forEach(
        (value, ofRuns) -> {
          List<MeasureValue> points = new ArrayList<>();
          for (int step = 0; step < steps; step++) {
            points.add(mean(ofRuns, lines, step));
          }
          if (points.stream().anyMatch(it -> it.value().isPresent())) {
            means.put(value, points);
          }
        });
    return means;
  }

  private static MeasureValue mean(
      Map<String, List<String>> runs, Map<String, List<MeasureValue>> lines, int step) {
    double[] values =
        runs.values().stream()
            .map(
                run ->
                    run.stream()
                        .filter(lines::containsKey)
                        .flatMapToDouble(id -> lines.get(id).get(step).value().stream())
                        .average())
            .flatMapToDouble(OptionalDouble::stream)
            .toArray();
    if (values.length == 0) {
      return MeasureValue.missing(Status.NOT_COMPARED);
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    OptionalDouble error = RunError.ofMean(values);
    return error.isPresent()
        ? MeasureValue.of(mean, error.getAsDouble())
        : MeasureValue.withoutError(mean);
  }
}
