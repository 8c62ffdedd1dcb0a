package io.similitude.job;

import io.similitude.dataset.Alignment;
import io.similitude.dataset.Batches;
import io.similitude.dataset.Dataset;
import io.similitude.dataset.DatasetListing;
import io.similitude.dataset.Datasets;
import io.similitude.dataset.Representations;
import io.similitude.files.FileAccess;
import io.similitude.files.Fingerprint;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.ExampleOrder;
import io.similitude.spec.InputException;
import io.similitude.spec.InvalidSpecException;
import io.similitude.spec.SweepSpec;
import io.similitude.store.FailureRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/**
 * Plans a sweep: what its units are and what identifies each. Reads every input once, for its
 * digest; starts no Spark job.
 */
final class SweepPlanner {
  /** What a failure's stage is called when it was found while planning. */
  static final String NAME = "plan";

  private final SweepSpec spec;
  private final FileAccess files;

  SweepPlanner(SweepSpec spec, FileAccess files) {
    this.spec = spec;
    this.files = files;
  }

  /**
   * The plan. A checkpoint whose weights or exported network cannot be read is among its failures.
   *
   * @throws InputException if the data set cannot be opened
   * @throws InvalidSpecException with all that is wrong with the networks and the attacks
   */
  SweepPlan plan() {
    Optional<DatasetListing> listing = spec.dataset().map(it -> Datasets.list(it, files));
    RepresentationPlanner elsewhere =
        new RepresentationPlanner(spec, new Representations(files, listing));
    return listing.isPresent() ? withDataset(listing.get(), elsewhere) : alone(elsewhere);
  }

  private SweepPlan withDataset(DatasetListing listing, RepresentationPlanner elsewhere) {
    Dataset dataset = listing.open(files);
    SweepChecks checks = new SweepChecks(spec);
    checks.networks(dataset.shape());
    checks.attacks(dataset.labelled());
    Batches batches = batches(dataset.size(), spec.dataset());
    checks.estimators(batches.batches().size());
    checks.refuse();
    List<BatchPlan> planned = planned(batches, id -> id);
    String datasetDigest = datasetDigest(listing);
    CheckpointFinder finder = new CheckpointFinder(spec, files, new Programs(files, dataset));
    Map<String, FoundCheckpoint> found =
        spec.checkpoints().isEmpty() ? Map.of() : Programs.onDriver(finder::find);
    List<FailureRow> failures = new ArrayList<>(finder.failures());
    UnitPlanner units = new UnitPlanner(spec, found, datasetDigest);
    List<CheckpointPlan> checkpoints = new ArrayList<>();
    for (FoundCheckpoint checkpoint : found.values()) {
      checkpoints.add(units.plan(checkpoint, planned, failures));
    }
    long[] used = batches.batches().stream().flatMapToLong(Arrays::stream).toArray();
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

  /** Representations say themselves which examples there are. */
  private SweepPlan alone(RepresentationPlanner elsewhere) {
    Alignment alignment = Alignment.withEachOther();
    elsewhere.find(alignment);
    long[] examples =
        alignment
            .examples()
            .orElseThrow(() -> new InputException(elsewhere.failures().get(0).cause()));
    Batches batches = batches(examples.length, Optional.empty());
    SweepChecks checks = new SweepChecks(spec);
    checks.estimators(batches.batches().size());
    checks.refuse();
    List<BatchPlan> planned = planned(batches, place -> examples[(int) place]);
    return checked(
        new SweepPlan(
            spec,
            Optional.empty(),
            planned,
            batches.leftOut(),
            Optional.empty(),
            List.of(),
            elsewhere.plan(planned),
            elsewhere.failures()));
  }

  private SweepPlan checked(SweepPlan plan) {
    new GivenSites(spec)
        .check(plan.sites(), plan.failures().stream().map(FailureRow::checkpoint).toList());
    new LookedAtAgain(plan).check();
    new HeldBytes(plan).check();
    return plan;
  }

  private static List<BatchPlan> planned(Batches batches, LongUnaryOperator example) {
    return IntStream.range(0, batches.batches().size())
        .mapToObj(
            i -> new BatchPlan(i, Arrays.stream(batches.batches().get(i)).map(example).toArray()))
        .toList();
  }

  /** How many examples are used, if they are the data set's first ones. */
  private OptionalInt firstOnes() {
    DatasetSpec dataset = spec.dataset().orElseThrow();
    return dataset.order() == ExampleOrder.FILE ? dataset.examples() : OptionalInt.empty();
  }

  private Batches batches(int size, Optional<DatasetSpec> dataset) {
    return Batches.plan(
        size,
        dataset.map(DatasetSpec::examples).orElse(OptionalInt.empty()),
        spec.batch(),
        dataset.map(DatasetSpec::order).orElse(ExampleOrder.FILE),
        spec.seed());
  }

  /** Of what the data set holds and how it is shown; how many are taken is the batches' matter. */
  private String datasetDigest(DatasetListing listing) {
    return new Fingerprint()
        .with("files", listing.digest(files))
        .withAll("transforms", listing.spec().transforms())
        .hex();
  }
}
