package io.similitude.comparison;

import static java.util.stream.Collectors.toSet;

import io.similitude.files.Fingerprint;
import io.similitude.plan.PlannedSites;
import io.similitude.plan.SiteBlock;
import io.similitude.plan.SweepPlan;
import io.similitude.similarity.measure.Measures;
import io.similitude.similarity.measure.Status;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.store.Coverage;
import io.similitude.store.GramSummaries;
import io.similitude.store.Part;
import io.similitude.store.RunFolder;
import io.similitude.store.Unit;
import io.similitude.store.row.UnitKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts all pairs of sites into parts: groups of sites against each other. The cut follows from the
 * spec and from what is there already, never from the cluster, so that the same products are made
 * everywhere.
 *
 * <p>A part tells which blocks of sites it holds, a block being a checkpoint under a view. It stays
 * as long as the plan has all of them, however the groups are cut now; only pairs of blocks that no
 * part holds are planned. So a checkpoint that is added, wherever in the spec, costs its own strip.
 */
public final class ComparisonPlanner {
  /** Raised when the same Gram matrices come to give other rows. */
  private static final int FORMAT = 4;

  private final SweepPlan plan;

  public ComparisonPlanner(SweepPlan plan) {
    this.plan = plan;
  }

  /**
   * What there is to do for the sites that are complete. Opens only parts that the plan would not
   * make now.
   *
   * @param done units whose Gram matrices are there
   */
  public ComparisonPlan plan(Set<UnitKey> done, RunFolder folder) throws IOException {
    Whole whole = whole(done);
    Map<Part, Coverage> parts = new LinkedHashMap<>();
    whole.parts.forEach(task -> parts.put(task.part(), task.coverage()));
    Map<Part, Coverage> committed = folder.coverages(parts.keySet());
    for (Part part : folder.present(parts.keySet())) {
      committed.put(part, parts.get(part));
    }
    if (plan.findingPairs().isWanted()) {
      committed.keySet().retainAll(folder.withReplicates(committed.keySet()));
    }
    return plan(whole, committed);
  }

  /**
   * The same.
   *
   * @param committed the parts that are there, and what they cover
   */
  public ComparisonPlan plan(Set<UnitKey> done, Map<Part, Coverage> committed) {
    return plan(whole(done), committed);
  }

  /**
   * Parts that together are all of a part that a new run would make: what a sweep that grew one
   * checkpoint at a time has of them.
   */
  public List<MergedPart> mergers(Set<UnitKey> done, RunFolder folder) throws IOException {
    Whole whole = whole(done);
    Map<Part, Coverage> committed = folder.coverages(Set.of());
    CoveredPairs covered = new CoveredPairs(whole.settings, whole.blocks);
    committed.values().removeIf(coverage -> !covered.add(coverage));
    return whole.parts.stream()
        .map(part -> MergedPart.of(part, committed))
        .filter(MergedPart::isMerged)
        .toList();
  }

  /** All parts over the sites that are complete, as if there were none yet. */
  public List<PartTask> parts(Set<UnitKey> done) {
    return whole(done).parts;
  }

  private ComparisonPlan plan(Whole whole, Map<Part, Coverage> committed) {
    CoveredPairs covered = new CoveredPairs(whole.settings, whole.blocks);
    List<Part> kept =
        committed.entrySet().stream()
            .filter(part -> covered.add(part.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    List<PartTask> missing =
        whole.parts.stream()
            .flatMap(part -> new MissingPairs(part, covered).parts().stream())
            .filter(part -> hasPairs(part.rows(), part.columns()))
            .sorted(Comparator.comparingLong(PartTask::pairs).reversed())
            .toList();
    return new ComparisonPlan(whole.blocks, whole.givens, kept, missing);
  }

  /** All that is to be compared, cut as if nothing were there yet. */
  private record Whole(
      List<SiteBlock> blocks, Covariates givens, String settings, List<PartTask> parts) {}

  private Whole whole(Set<UnitKey> done) {
    List<SiteBlock> blocks = plan.blocks(done);
    Covariates givens = Covariates.of(plan.spec(), plan.estimations().ofGrams(), blocks);
    String settings = settings(givens);
    return new Whole(
        blocks,
        givens,
        settings,
        givens.measures().isEmpty() ? List.of() : parts(settings, groups(blocks)));
  }

  private List<PartTask> parts(String settings, List<SiteGroup> groups) {
    List<PartTask> parts = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (int j = i; j < groups.size(); j++) {
        if (hasPairs(groups.get(i), groups.get(j))) {
          parts.add(PartTask.of(settings, groups.get(i), groups.get(j)));
        }
      }
    }
    return parts;
  }

  private List<SiteGroup> groups(List<SiteBlock> blocks) {
    return new SiteGroups(plan.estimations().ofGrams(), plan.largestBatch()).of(blocks);
  }

  private boolean hasPairs(SiteGroup rows, SiteGroup columns) {
    return rows.mayBeComparedWith(columns, plan.spec().compare(), plan.findingPairs());
  }

  /** What is known of values that will be missing, and the way out; usually nothing. */
  public List<String> warnings() {
    long all = plan.sites().stream().mapToLong(sites -> sites.layerRows().size()).sum();
    long without = plan.sites().stream().mapToLong(this::notKept).sum();
    return plan.estimations().ofGrams().stream()
        .filter(measure -> without > 0 && Measures.of(measure).wantsFeatures())
        .map(measure -> notKept(measure, without, all))
        .toList();
  }

  private static String notKept(MeasureSpec measure, long without, long all) {
    return "%s needs activations, which are not kept of %d of %d layers: their status may be %s (activations: full keeps them)"
        .formatted(measure.metric().keyword(), without, all, Status.ACTIVATIONS_NOT_KEPT.label());
  }

  /** Layers that are not too wide for measures of directions anyway. */
  private long notKept(PlannedSites sites) {
    return sites.layerRows().stream()
        .filter(layer -> plan.isNarrow(layer) && !sites.keeps(layer, plan.spec()))
        .count();
  }

  /** Those of all sites, complete or not. */
  public List<GramSummaries> moments() {
    Set<UnitKey> all = plan.units().stream().map(Unit::key).collect(toSet());
    return plan.blocks(all).stream().map(SiteBlock::moments).toList();
  }

  /** What a part depends on beside its own Gram matrices. */
  private String settings(Covariates givens) {
    Fingerprint digest =
        new Fingerprint()
            .with("format", FORMAT)
            .withAll("measures", givens.measures())
            .with("compare", plan.spec().compare())
            .with("replicates", plan.findingPairs().isWanted())
            .with("squares", plan.findingPairs().matchesLayers());
    givens.addTo(digest);
    return digest.hex();
  }
}
