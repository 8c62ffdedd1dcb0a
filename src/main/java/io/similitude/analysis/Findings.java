package io.similitude.analysis;

import io.similitude.spec.ReportSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything that a report shows of a sweep. {@link FindingsBuilder} makes it.
 *
 * @param heatmapsLeftOut the number of heatmaps that are left out
 * @param robustness benign against perturbed; empty if no view has an attack
 * @param series views that differ in one number
 * @param trainings how the trainings of the sweep went, of those that have begun
 * @param report the contents that the page shows first
 * @param examples the number of examples behind each similarity; 0 if there is none
 * @param batches the number of batches behind each similarity; 0 if there is none
 * @param tags of each checkpoint that has any, by its id
 * @param provenance where the numbers come from, in the order to show
 */
public record Findings(
    String sweep,
    List<Heatmap> heatmaps,
    int heatmapsLeftOut,
    Robustness robustness,
    List<ViewSeries> series,
    List<TrainingCurves> trainings,
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
    trainings = List.copyOf(trainings);
    accuracies = List.copyOf(accuracies);
    failures = List.copyOf(failures);
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }
}
