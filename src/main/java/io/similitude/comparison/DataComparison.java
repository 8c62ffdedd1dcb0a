package io.similitude.comparison;

import io.similitude.plan.SiteBlock;
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
 * @param data the plan over the data set
 * @param planner of the parts that are made of Gram matrices
 * @param plan those parts
 * @param ofActivations the parts that are made of stored activations
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
   * What there is to do for the sites that are complete.
   *
   * @param done units that are there
   */
  public static DataComparison of(SweepPlan data, Set<UnitKey> done, RunFolder folder)
      throws IOException {
    ComparisonPlanner planner = new ComparisonPlanner(data);
    return new DataComparison(
        data, planner, planner.plan(done, folder), new ActivationPlanner(data).tasks(done));
  }

  /** The same with nothing to compute of these blocks. */
  public DataComparison without(Set<SiteBlock> failed) {
    return new DataComparison(data, planner, plan.without(failed), ofActivations);
  }

  /** Whether a part of Gram matrices has to be computed. */
  public boolean isMissing() {
    return !plan.missing().isEmpty();
  }

  /** How many parts have to be computed. */
  public long missing(Set<Part> present) {
    return plan.missing().size() + (long) missingOfActivations(present).size();
  }

  public List<ActivationTask> missingOfActivations(Set<Part> present) {
    return ofActivations.stream().filter(task -> !present.contains(task.part())).toList();
  }

  /** The parts that the table has in the end: of Gram matrices, and of activations. */
  public List<Part> parts() {
    return Stream.concat(plan.all().stream(), partsOfActivations().stream()).toList();
  }

  public List<Part> partsOfActivations() {
    return ofActivations.stream().map(ActivationTask::part).toList();
  }

  /** How many sites are compared. */
  public int sites() {
    return new SiteGroup(plan.blocks()).size();
  }
}
