package io.similitude.plan;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import io.similitude.dataset.DatasetListing;
import io.similitude.spec.DatasetPart;
import io.similitude.spec.SweepSpec;
import io.similitude.store.Unit;
import io.similitude.store.row.FailureRow;
import io.similitude.store.row.LayerRow;
import io.similitude.store.row.UnitKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The whole work of a spec, with the digest of every unit. {@link SweepPlanner} makes it without
 * Spark. On the driver only.
 *
 * <p>If views show several data sets, there is a plan for each data set. These plans share no
 * batches and no pairs. So the plan of the whole sweep has only units and layers. For everything
 * else, use the plans that {@link #byData} returns.
 *
 * @param spec the spec of the sweep
 * @param dataset the data set's files; absent if there are only imported representations
 * @param batches of examples, the same for every checkpoint; the last may be {@link
 *     BatchPlan#isRest}
 * @param leftOut examples at the end that are too few for a batch
 * @param datasetDigest of the files and how they are read
 * @param checkpoints the checkpoints that can be planned, in the order of the spec
 * @param representations made elsewhere, in the spec's order
 * @param failures the checkpoints that cannot be planned
 * @param parts the plans for each data set; empty if this is the plan for the only data set
 * @param misfits checkpoints whose files exist but hold no weights that fit their networks
 */
public record SweepPlan(
    SweepSpec spec,
    Optional<DatasetListing> dataset,
    List<BatchPlan> batches,
    int leftOut,
    Optional<String> datasetDigest,
    List<CheckpointPlan> checkpoints,
    List<ImportedPlan> representations,
    List<FailureRow> failures,
    List<SweepPlan> parts,
    Set<String> misfits) {
  public SweepPlan {
    parts = List.copyOf(parts);
    batches = List.copyOf(batches);
    checkpoints = List.copyOf(checkpoints);
    representations = List.copyOf(representations);
    failures = List.copyOf(failures);
    misfits = Set.copyOf(misfits);
  }

  /** The plan for one data set. */
  public SweepPlan(
      SweepSpec spec,
      Optional<DatasetListing> dataset,
      List<BatchPlan> batches,
      int leftOut,
      Optional<String> datasetDigest,
      List<CheckpointPlan> checkpoints,
      List<ImportedPlan> representations,
      List<FailureRow> failures) {
    this(
        spec,
        dataset,
        batches,
        leftOut,
        datasetDigest,
        checkpoints,
        representations,
        failures,
        List.of(),
        Set.of());
  }

  /**
   * The plan for several data sets.
   *
   * @param parts one plan for each data set
   * @param failures all of them
   */
  static SweepPlan over(SweepSpec spec, List<SweepPlan> parts, List<FailureRow> failures) {
    return new SweepPlan(
        spec,
        Optional.empty(),
        List.of(),
        0,
        Optional.empty(),
        PlannedSites.merged(
            parts.stream().flatMap(part -> part.checkpoints.stream()).toList(),
            CheckpointPlan::with),
        PlannedSites.merged(
            parts.stream().flatMap(part -> part.representations.stream()).toList(),
            ImportedPlan::with),
        failures,
        parts,
        Set.of());
  }

  SweepPlan withMisfits(Set<String> ids) {
    return new SweepPlan(
        spec,
        dataset,
        batches,
        leftOut,
        datasetDigest,
        checkpoints,
        representations,
        failures,
        parts,
        ids);
  }

  /** The plans for each data set that is shown. Usually this is only this plan. */
  public List<SweepPlan> byData() {
    return parts.isEmpty() ? List.of(this) : parts;
  }

  @Override
  public List<BatchPlan> batches() {
    return allBatches().stream().filter(batch -> !batch.isRest()).toList();
  }

  /**
   * All batches. If a measure uses all examples together, this includes the last batch of the
   * remaining examples.
   */
  public List<BatchPlan> allBatches() {
    requireOne();
    return batches;
  }

  /** The number of examples for measures that use all examples together. */
  public long allExamples() {
    return allBatches().stream().mapToLong(BatchPlan::count).sum();
  }

  /** Messages on examples that are in no batch. Usually there are none. */
  public List<String> leftOutTexts() {
    return byData().stream().filter(plan -> plan.leftOut > 0).map(SweepPlan::leftOutText).toList();
  }

  private String leftOutText() {
    return "the last %d of %d examples are too few for a batch (%s)"
        .formatted(
            leftOut,
            examples() + leftOut,
            allExamples() > examples() ? "only exact measures take them" : "they are left out");
  }

  @Override
  public Optional<DatasetListing> dataset() {
    requireOne();
    return dataset;
  }

  /** Everything that has layers, in the order of the comparison. */
  public List<PlannedSites> sites() {
    return Stream.<PlannedSites>concat(checkpoints.stream(), representations.stream()).toList();
  }

  public List<Unit> units() {
    return sites().stream().flatMap(plan -> plan.storedUnits().stream()).toList();
  }

  /** Notes for the user on how networks are used, each sentence once. */
  public List<String> notes() {
    return checkpoints.stream()
        .flatMap(checkpoint -> checkpoint.network().notes().stream())
        .distinct()
        .toList();
  }

  /** The number of examples in all batches. */
  public long examples() {
    return batches().stream().mapToLong(BatchPlan::count).sum();
  }

  /** How each measure follows from the stored data. */
  public Estimations estimations() {
    return new Estimations(spec, allBatches().size());
  }

  /** The pairs that findings read. */
  public FindingPairs findingPairs() {
    Set<String> labels =
        spec.representations().stream()
            .filter(it -> it.source() instanceof DatasetPart)
            .map(it -> it.checkpoint().orElse(DatasetPart.CHECKPOINT))
            .collect(toSet());
    return new FindingPairs(
        spec.findings().isWanted(),
        spec.findings().matchesLayers(spec.checkpoints().size()),
        labels);
  }

  public int largestBatch() {
    return batches().stream().mapToInt(BatchPlan::count).max().orElseThrow();
  }

  /**
   * The sites that can be compared, checkpoint by checkpoint and view by view: those with all
   * batches stored. With fewer batches it would be another estimate.
   *
   * @param done units whose files are stored
   */
  public List<SiteBlock> blocks(Set<UnitKey> done) {
    return blocks(done, batches().size());
  }

  /** The same with all batches, for measures that use all examples together. */
  public List<SiteBlock> wholeBlocks(Set<UnitKey> done) {
    return blocks(done, allBatches().size());
  }

  private List<SiteBlock> blocks(Set<UnitKey> done, int count) {
    return sites().stream().flatMap(sites -> blocks(sites, done, count)).toList();
  }

  /** Refuses a question that has an answer only for a single data set. */
  private void requireOne() {
    if (!parts.isEmpty()) {
      throw new IllegalStateException("The plan is over several data sets");
    }
  }

  private Stream<SiteBlock> blocks(PlannedSites sites, Set<UnitKey> done, int count) {
    List<StoredLayer> layers = sites.layerRows().stream().map(StoredLayer::of).toList();
    Set<Integer> kept = kept(sites);
    Map<String, List<Unit>> views =
        sites.storedUnits().stream()
            .filter(unit -> unit.key().batch() < count)
            .collect(groupingBy(unit -> unit.key().view(), LinkedHashMap::new, toList()));
    return views.entrySet().stream()
        .filter(it -> it.getValue().stream().allMatch(unit -> done.contains(unit.key())))
        .map(it -> SiteBlock.of(sites.id(), it.getKey(), layers, it.getValue(), kept));
  }

  private Set<Integer> kept(PlannedSites sites) {
    return sites.layerRows().stream()
        .filter(layer -> isNarrow(layer) && sites.keeps(layer, spec))
        .map(LayerRow::position)
        .collect(toSet());
  }

  /**
   * Whether a layer has fewer features than examples. With more, the features fill the space of
   * examples, and measures of directions have no value.
   */
  public boolean isNarrow(LayerRow layer) {
    return layer.features() < largestBatch();
  }
}
