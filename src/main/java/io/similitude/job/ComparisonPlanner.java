package io.similitude.job;

import static java.util.stream.Collectors.toSet;

import io.similitude.extraction.CentredGrams;
import io.similitude.similarity.Measures;
import io.similitude.similarity.Status;
import io.similitude.spec.Comparison;
import io.similitude.spec.SimilaritySpec;
import io.similitude.store.LayerRow;
import io.similitude.store.Part;
import io.similitude.store.Unit;
import io.similitude.store.UnitKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts all pairs of sites into parts: groups of sites against each other. The cut follows from the
 * spec alone, never from the cluster, so that the same products are made everywhere; a part's
 * digest covers the units of its two groups, so that a changed or added checkpoint makes its own
 * parts new and leaves the others.
 */
final class ComparisonPlanner {
  /** Raised when the same Gram matrices come to give other rows. */
  private static final int FORMAT = 2;

  /** Sites in a group: enough for products at full speed, few enough for parts to share cores. */
  private static final int GROUP_SITES = 512;

  /** Bytes of a group's centred matrices outside of the heap; a task holds two of them. */
  private static final long GROUP_BYTES = 512L << 20;

  private final SweepPlan plan;

  ComparisonPlanner(SweepPlan plan) {
    this.plan = plan;
  }

  /**
   * The parts over the sites that are complete.
   *
   * @param done units whose Gram matrices are there
   */
  List<PartTask> parts(Set<UnitKey> done) {
    List<SiteBlock> blocks = blocks(done);
    Givens givens = givens(blocks);
    List<SiteGroup> groups = groups(blocks);
    List<PartTask> parts = new ArrayList<>();
    if (givens.measures().isEmpty()) {
      return parts;
    }
    for (int i = 0; i < groups.size(); i++) {
      for (int j = i; j < groups.size(); j++) {
        if (hasPairs(groups.get(i), groups.get(j))) {
          parts.add(part(groups, i, j, givens));
        }
      }
    }
    return parts;
  }

  /**
   * The measures that can be made, with what they are given.
   *
   * @param done units whose Gram matrices are there
   */
  Givens givens(Set<UnitKey> done) {
    return givens(blocks(done));
  }

  /** What is known of values that will be missing, and the way out; usually nothing. */
  List<String> warnings() {
    long all = plan.sites().stream().mapToLong(sites -> sites.layerRows().size()).sum();
    long without = plan.sites().stream().mapToLong(this::notKept).sum();
    return plan.estimations().ofGrams().stream()
        .filter(measure -> without > 0 && Measures.of(measure).wantsFeatures())
        .map(measure -> notKept(measure, without, all))
        .toList();
  }

  private static String notKept(SimilaritySpec measure, long without, long all) {
    return "%s needs activations, which are not kept of %d of %d layers: their status may be %s (activations: full keeps them)"
        .formatted(measure.metric().keyword(), without, all, Status.ACTIVATIONS_NOT_KEPT.label());
  }

  /** Layers that are not too wide for measures of directions anyway. */
  private long notKept(PlannedSites sites) {
    return sites.layerRows().stream()
        .filter(layer -> layer.features() < plan.largestBatch())
        .filter(layer -> !sites.keeps(layer, plan.spec()))
        .count();
  }

  private Givens givens(List<SiteBlock> blocks) {
    return Givens.of(plan.spec(), plan.estimations().ofGrams(), blocks);
  }

  private PartTask part(List<SiteGroup> groups, int i, int j, Givens givens) {
    Digest digest =
        new Digest()
            .with("format", FORMAT)
            .with("measures", givens.measures())
            .with("compare", plan.spec().compare());
    groups.get(i).addTo(digest.with("rows", i));
    groups.get(j).addTo(digest.with("columns", j));
    givens.addTo(digest);
    String name = "part-%05d-%05d".formatted(i, j);
    return new PartTask(new Part(name, digest.hex()), groups.get(i), groups.get(j));
  }

  /** A site counts when all its batches are there: fewer would be another estimate. */
  private List<SiteBlock> blocks(Set<UnitKey> done) {
    List<SiteBlock> blocks = new ArrayList<>();
    for (PlannedSites sites : plan.sites()) {
      List<String> layers = sites.layerRows().stream().map(LayerRow::layer).toList();
      Map<String, List<Unit>> views = new LinkedHashMap<>();
      for (Unit unit : sites.storedUnits()) {
        views.computeIfAbsent(unit.key().view(), view -> new ArrayList<>()).add(unit);
      }
      views.forEach(
          (view, units) -> {
            if (units.stream().allMatch(unit -> done.contains(unit.key()))) {
              blocks.add(new SiteBlock(sites.id(), view, layers, units, kept(sites)));
            }
          });
    }
    return blocks;
  }

  /** As many features as examples fill the space of examples: measures of directions have none. */
  private Set<Integer> kept(PlannedSites sites) {
    return sites.layerRows().stream()
        .filter(layer -> layer.features() < plan.largestBatch())
        .filter(layer -> sites.keeps(layer, plan.spec()))
        .map(LayerRow::position)
        .collect(toSet());
  }

  private List<SiteGroup> groups(List<SiteBlock> blocks) {
    long bytes = CentredGrams.bytes(1, plan.largestBatch());
    int most = (int) Math.max(1, Math.min(GROUP_SITES, GROUP_BYTES / bytes));
    List<SiteGroup> groups = new ArrayList<>();
    List<SiteBlock> group = new ArrayList<>();
    int sites = 0;
    for (SiteBlock block : blocks) {
      if (!group.isEmpty() && sites + block.layers().size() > most) {
        groups.add(new SiteGroup(group));
        group = new ArrayList<>();
        sites = 0;
      }
      group.add(block);
      sites += block.layers().size();
    }
    if (!group.isEmpty()) {
      groups.add(new SiteGroup(group));
    }
    return groups;
  }

  private boolean hasPairs(SiteGroup rows, SiteGroup columns) {
    return plan.spec().compare() != Comparison.WITHIN_CHECKPOINT
        || rows.blocks().stream()
            .anyMatch(
                row ->
                    columns.blocks().stream()
                        .anyMatch(column -> column.checkpoint().equals(row.checkpoint())));
  }
}
