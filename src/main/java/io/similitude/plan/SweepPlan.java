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
 * All that a spec asks for, with every unit's digest; made by {@link SweepPlanner} without Spark.
 * On the driver only.
 *
 * <p>Where views show several data sets there is a plan for each. They share no batches and no
 * pairs, so the plan of the whole sweep has units and layers, and everything else is asked of the
 * plans that {@link #byData} returns.
 *
 * @param spec what was asked
 * @param dataset the data set's files; absent where there are representations alone
 * @param batches of examples, the same for every checkpoint; the last may be {@link
 *     BatchPlan#isRest}
 * @param leftOut examples at the end that are too few for a batch
 * @param datasetDigest of the files and how they are read
 * @param checkpoints those that can be planned, in the spec's order
 * @param representations made elsewhere, in the spec's order
 * @param failures those that cannot
 * @param parts the plans for each data set; none: this is the plan for the only one
 * @param misfits checkpoints whose files are there, and hold no weights that fit their networks
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

  /** The plan over one data set. */
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
   * The plan over several data sets.
   *
   * @param parts one for each
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

  /** The plans for each data set that is shown; usually this one alone. */
  public List<SweepPlan> byData() {
    return parts.isEmpty() ? List.of(this) : parts;
  }

  @Override
  public List<BatchPlan> batches() {
    return allBatches().stream().filter(batch -> !batch.isRest()).toList();
  }

  /** With the examples that are too few for a batch, where a measure takes all of them together. */
  public List<BatchPlan> allBatches() {
    requireOne();
    return batches;
  }

  /** How many examples the measures have that take all of them together. */
  public long allExamples() {
    return allBatches().stream().mapToLong(BatchPlan::count).sum();
  }

  /** What is to be said of examples that no batch has; usually nothing. */
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

  /** All that has layers, in the order in which it is compared. */
  public List<PlannedSites> sites() {
    return Stream.<PlannedSites>concat(checkpoints.stream(), representations.stream()).toList();
  }

  public List<Unit> units() {
    return sites().stream().flatMap(plan -> plan.storedUnits().stream()).toList();
  }

  /** What the user should know of how networks are used, each sentence once. */
  public List<String> notes() {
    return checkpoints.stream()
        .flatMap(checkpoint -> checkpoint.network().notes().stream())
        .distinct()
        .toList();
  }

  /** Examples in all batches. */
  public long examples() {
    return batches().stream().mapToLong(BatchPlan::count).sum();
  }

  /** By which way each measure follows from what is stored. */
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
   * The sites that can be compared, checkpoint by checkpoint and view by view: those of which all
   * batches are there. Fewer would be another estimate.
   *
   * @param done units whose files are there
   */
  public List<SiteBlock> blocks(Set<UnitKey> done) {
    return blocks(done, batches().size());
  }

  /** The same with all batches, for measures that take all examples together. */
  public List<SiteBlock> wholeBlocks(Set<UnitKey> done) {
    return blocks(done, allBatches().size());
  }

  private List<SiteBlock> blocks(Set<UnitKey> done, int count) {
    return sites().stream().flatMap(sites -> blocks(sites, done, count)).toList();
  }

  /** What is one data set's own is never asked of all of them. */
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

  /** As many features as examples fill the space of examples: measures of directions have none. */
  public boolean isNarrow(LayerRow layer) {
    return layer.features() < largestBatch();
  }
}
