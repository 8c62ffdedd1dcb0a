package io.similitude.job;

import io.similitude.dataset.DatasetListing;
import io.similitude.spec.SweepSpec;
import io.similitude.store.FailureRow;
import io.similitude.store.Unit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a spec asks for, with every unit's digest; made by {@link SweepPlanner} without Spark.
 * On the driver only.
 *
 * @param spec what was asked
 * @param dataset the data set's files; absent where there are representations alone
 * @param batches of examples, the same for every checkpoint
 * @param leftOut examples at the end that are too few for a batch
 * @param datasetDigest of the files and how they are read
 * @param checkpoints those that can be planned, in the spec's order
 * @param representations made elsewhere, in the spec's order
 * @param failures those that cannot
 */
record SweepPlan(
    SweepSpec spec,
    Optional<DatasetListing> dataset,
    List<BatchPlan> batches,
    int leftOut,
    Optional<String> datasetDigest,
    List<CheckpointPlan> checkpoints,
    List<RepresentationPlan> representations,
    List<FailureRow> failures) {
  SweepPlan {
    batches = List.copyOf(batches);
    checkpoints = List.copyOf(checkpoints);
    representations = List.copyOf(representations);
    failures = List.copyOf(failures);
  }

  /** All that has layers, in the order in which it is compared. */
  List<PlannedSites> sites() {
    return Stream.<PlannedSites>concat(checkpoints.stream(), representations.stream()).toList();
  }

  List<Unit> units() {
    return sites().stream().flatMap(plan -> plan.storedUnits().stream()).toList();
  }

  /** Examples in all batches. */
  long examples() {
    return batches.stream().mapToLong(BatchPlan::count).sum();
  }

  /** By which way each measure follows from what is stored. */
  Estimations estimations() {
    return new Estimations(spec, batches.size());
  }

  int largestBatch() {
    return batches.stream().mapToInt(BatchPlan::count).max().orElseThrow();
  }
}
