package io.similitude.comparison;

import io.similitude.files.Fingerprint;
import io.similitude.plan.PlannedSites;
import io.similitude.plan.SiteBlock;
import io.similitude.plan.SweepPlan;
import io.similitude.similarity.measure.Measures;
import io.similitude.similarity.measure.Status;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.store.Coverage;
import io.similitude.store.Part;
import io.similitude.store.RunFolder;
import io.similitude.store.row.UnitKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Divides all pairs of sites into parts. A part compares two groups of sites. The division depends
 * on the spec and on the parts that exist already, but never on the cluster. So the same products
 * are computed on every cluster.
 *
 * <p>A part records its blocks of sites. A block is a checkpoint under a view. The part is kept as
 * long as the plan has all of its blocks, even if the groups are divided differently now. Only
 * pairs of blocks that are in no part are planned. So a checkpoint that is added anywhere in the
 * spec needs only its own pairs.
 */
public final class ComparisonPlanner {
  /** Increment when the same Grams would produce different rows. */
  private static final int FORMAT = 5;

  private final SweepPlan plan;

  public ComparisonPlanner(SweepPlan plan) {
    this.plan = plan;
  }

  /**
   * The plan for the sites that are complete. It opens only the parts that it would not create now.
   *
   * @param done units whose Gram matrices are stored
   */
  public ComparisonPlan plan(Set<UnitKey> done, RunFolder folder) throws IOException {
    Whole whole = whole(done);
    Map<Part, Coverage> parts = new LinkedHashMap<>();
    whole.parts.forEach(task -> parts.put(task.part(), task.coverage()));
    Map<Part, Coverage> committed = folder.coverages(parts.keySet());
    for (Part part : folder.listing().present(parts.keySet())) {
      committed.put(part, parts.get(part));
    }
    if (plan.findingPairs().isWanted()) {
      committed.keySet().retainAll(folder.listing().withReplicates(committed.keySet()));
    }
    return plan(whole, committed);
  }

  /**
   * The same plan, from a given list of parts.
   *
   * @param committed the parts that exist, and what they cover
   */
  public ComparisonPlan plan(Set<UnitKey> done, Map<Part, Coverage> committed) {
    return plan(whole(done), committed);
  }

  /**
   * Groups of parts that together equal one part of a new run. A sweep that grew one checkpoint at
   * a time has such groups.
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

  /** All parts for the sites that are complete, as if no part existed. */
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

  /** The whole comparison, divided as if no part existed. */
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
    return new SiteGroups(plan.estimations().ofGrams(), plan.largestBatch(), plan.batches().size())
        .of(blocks);
  }

  private boolean hasPairs(SiteGroup rows, SiteGroup columns) {
    return rows.mayBeComparedWith(columns, plan.spec().compare(), plan.findingPairs());
  }

  /** Warnings about values that will be missing, each with a remedy. Usually there are none. */
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

  /**
   * The number of layers whose activations are needed but not kept. Layers that are too wide for
   * measures of directions do not count.
   */
  private long notKept(PlannedSites sites) {
    return sites.layerRows().stream()
        .filter(layer -> plan.isNarrow(layer) && !sites.keeps(layer, plan.spec()))
        .count();
  }

  /** The settings that a part depends on, besides its own Gram matrices. */
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
