package io.similitude.comparison;

import io.similitude.plan.SweepPlan;
import io.similitude.store.Part;
import io.similitude.store.RunFolder;
import io.similitude.store.row.UnitKey;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The comparison of all sites over one data set.
 *
 * @param data the plan for the data set
 * @param planner the planner of the parts that are computed from Gram matrices
 * @param plan the plan of those parts
 * @param ofActivations the parts that are computed from stored activations
 */
public record DataComparison(
    SweepPlan data,
    ComparisonPlanner planner,
    ComparisonPlan plan,
    List<ActivationTask> ofActivations) {
  public DataComparison {
    ofActivations = List.copyOf(ofActivations);
  }

  /**
   * The comparison of the sites that are complete.
   *
   * @param done units that are stored
   */
  public static DataComparison of(SweepPlan data, Set<UnitKey> done, RunFolder folder)
      throws IOException {
    ComparisonPlanner planner = new ComparisonPlanner(data);
    return new DataComparison(
        data, planner, planner.plan(done, folder), new ActivationPlanner(data).tasks(done));
  }

  /** Whether a part must be computed from Gram matrices. */
  public boolean isMissing() {
    return !plan.missing().isEmpty();
  }

  /** The number of parts that must be computed. */
  public long missing(Set<Part> present) {
    return plan.missing().size() + (long) missingOfActivations(present).size();
  }

  public List<ActivationTask> missingOfActivations(Set<Part> present) {
    return ofActivations.stream().filter(task -> !present.contains(task.part())).toList();
  }

  /**
   * All parts that the table has at the end: those from Gram matrices and those from activations.
   */
  public List<Part> parts() {
    return Stream.concat(plan.all().stream(), partsOfActivations().stream()).toList();
  }

  public List<Part> partsOfActivations() {
    return ofActivations.stream().map(ActivationTask::part).toList();
  }
}
