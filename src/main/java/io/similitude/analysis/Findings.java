package io.similitude.analysis;

import io.similitude.spec.ReportSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All that a report shows of a sweep, made by {@link FindingsBuilder}.
 *
 * @param heatmapsLeftOut how many more heatmaps the similarities would make
 * @param robustness benign against perturbed; empty where no view has an attack
 * @param series views that differ in one number
 * @param report what the page shows first
 * @param examples of each similarity; 0 when there is none
 * @param batches of each similarity; 0 when there is none
 * @param tags of each checkpoint that has any, by its id
 * @param provenance what the numbers come from, in the order to show
 */
public record Findings(
    String sweep,
    List<Heatmap> heatmaps,
    int heatmapsLeftOut,
    Robustness robustness,
    List<ViewSeries> series,
    ReportSpec report,
    long examples,
    int batches,
    List<Accuracy> accuracies,
    List<Failure> failures,
    Map<String, Map<String, String>> tags,
    Map<String, String> provenance) {
  public Findings {
    Objects.requireNonNull(sweep);
    Objects.requireNonNull(robustness);
    Objects.requireNonNull(report);
    heatmaps = List.copyOf(heatmaps);
    series = List.copyOf(series);
    accuracies = List.copyOf(accuracies);
    failures = List.copyOf(failures);
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }
}
