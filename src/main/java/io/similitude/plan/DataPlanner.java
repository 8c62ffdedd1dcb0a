package io.similitude.plan;

import io.similitude.dataset.Batches;
import io.similitude.dataset.Dataset;
import io.similitude.dataset.DatasetListing;
import io.similitude.dataset.Datasets;
import io.similitude.dataset.imported.Alignment;
import io.similitude.dataset.imported.ImportedRepresentations;
import io.similitude.files.FileAccess;
import io.similitude.files.Fingerprint;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.ExampleOrder;
import io.similitude.spec.SweepSpec;
import io.similitude.store.row.FailureRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Plans the work of a sweep for one data set. */
final class DataPlanner {
  private final SweepSpec spec;
  private final FileAccess files;
  private final DatasetListing listing;
  private final Dataset dataset;
  private final Batches batches;

  private DataPlanner(
      SweepSpec spec, FileAccess files, DatasetListing listing, Dataset dataset, Batches batches) {
    this.spec = spec;
    this.files = files;
    this.listing = listing;
    this.dataset = dataset;
    this.batches = batches;
  }

  /**
   * Finds the data set of a spec. The spec must have exactly one data set.
   *
   * @throws io.similitude.input.InputException if it cannot be opened
   */
  static DataPlanner of(SweepSpec spec, FileAccess files) {
    DatasetSpec described = spec.dataset().orElseThrow();
    DatasetListing listing = Datasets.list(described, files);
    Dataset dataset = listing.open(files);
    Batches batches = Batches.plan(described, dataset.size(), spec.batch(), spec.seed());
    return new DataPlanner(spec, files, listing, dataset, batches);
  }

  String name() {
    return spec.datasets().keySet().iterator().next();
  }

  Dataset dataset() {
    return dataset;
  }

  /** All errors of the networks, the attacks and the measures on these examples. */
  List<String> problems() {
    SweepChecks checks = new SweepChecks(spec);
    checks.networks(dataset.shape());
    checks.attacks(dataset.labelled());
    checks.pixels(dataset, used());
    checks.estimators(batches);
    return checks.problems();
  }

  /** The largest label of the examples. Each network must have a class for it. */
  LabelCheck labels() {
    return LabelCheck.of(listing.spec(), dataset, used());
  }

  private long[] used() {
    return batches.batches().stream().flatMapToLong(Arrays::stream).toArray();
  }

  /**
   * The plan.
   *
   * @param found the checkpoints that can be read, by id
   * @param notFound the failures of the others
   */
  SweepPlan plan(Map<String, FoundCheckpoint> found, List<FailureRow> notFound) {
    ImportedPlanner elsewhere =
        new ImportedPlanner(spec, new ImportedRepresentations(files, Optional.of(listing)));
    List<BatchPlan> planned = BatchPlan.of(spec, batches, id -> id);
    String datasetDigest = digest(listing, files);
    List<FailureRow> failures = new ArrayList<>(notFound);
    UnitPlanner units = new UnitPlanner(spec, found, datasetDigest);
    List<CheckpointPlan> checkpoints = new ArrayList<>();
    for (FoundCheckpoint checkpoint : found.values()) {
      checkpoints.add(units.plan(checkpoint, planned, failures));
    }
    long[] used = planned.stream().map(BatchPlan::examples).flatMapToLong(Arrays::stream).toArray();
    elsewhere.find(Alignment.withDataset(dataset.size(), firstOnes(), used), used);
    failures.addAll(elsewhere.failures());
    return checked(
        new SweepPlan(
            spec,
            Optional.of(listing),
            planned,
            batches.leftOut(),
            Optional.of(datasetDigest),
            checkpoints,
            elsewhere.plan(planned),
            failures));
  }

  /** Checks what can be checked only on the whole plan. */
  static SweepPlan checked(SweepPlan plan) {
    new CovariateNames(plan.spec())
        .check(plan.sites(), plan.failures().stream().map(FailureRow::checkpoint).toList());
    new StoredActivationsCheck(plan).check();
    new MemoryBudget(plan).check();
    return plan;
  }

  /** The number of examples that are used, if they are the first ones of the data set. */
  private OptionalInt firstOnes() {
    DatasetSpec described = spec.dataset().orElseThrow();
    return described.order() == ExampleOrder.FILE && described.skip() == 0
        ? described.examples()
        : OptionalInt.empty();
  }

  /**
   * Digest of the contents of the data set and of how it is shown. The number of examples that are
   * used is part of the batches instead.
   */
  static String digest(DatasetListing listing, FileAccess files) {
    return new Fingerprint()
        .with("files", listing.digest(files))
        .withAll("transforms", listing.spec().transforms())
        .hex();
  }
}
