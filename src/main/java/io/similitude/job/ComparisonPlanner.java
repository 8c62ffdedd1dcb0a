package io.similitude.job;

import io.similitude.extraction.CentredGrams;
import io.similitude.spec.Comparison;
import io.similitude.spec.ViewSpec;
import io.similitude.store.Part;
import io.similitude.store.Unit;
import io.similitude.store.UnitKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Cuts all pairs of sites into parts: groups of sites against each other. The cut follows from the
 * spec alone, never from the cluster, so that the same products are made everywhere; a part's
 * digest covers the units of its two groups, so that a changed or added checkpoint makes its own
 * parts new and leaves the others.
 */
final class ComparisonPlanner {
  /** Raised when the same Gram matrices come to give other rows. */
  private static final int FORMAT = 1;

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
    List<SiteGroup> groups = groups(blocks(done));
    List<PartTask> parts = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (int j = i; j < groups.size(); j++) {
        if (hasPairs(groups.get(i), groups.get(j))) {
          parts.add(part(groups, i, j));
        }
      }
    }
    return parts;
  }

  private PartTask part(List<SiteGroup> groups, int i, int j) {
    Digest digest =
        new Digest()
            .with("format", FORMAT)
            .with("measures", plan.spec().similarities())
            .with("compare", plan.spec().compare());
    groups.get(i).addTo(digest.with("rows", i));
    groups.get(j).addTo(digest.with("columns", j));
    String name = "part-%05d-%05d".formatted(i, j);
    return new PartTask(new Part(name, digest.hex()), groups.get(i), groups.get(j));
  }

  /** A site counts when all its batches are there: fewer would be another estimate. */
  private List<SiteBlock> blocks(Set<UnitKey> done) {
    List<SiteBlock> blocks = new ArrayList<>();
    for (CheckpointPlan checkpoint : plan.checkpoints()) {
      List<String> layers = checkpoint.layers().stream().map(layer -> layer.name()).toList();
      String id = checkpoint.checkpoint().id();
      for (ViewSpec view : plan.spec().views()) {
        List<Unit> units =
            checkpoint.storedUnits().stream()
                .filter(unit -> unit.key().view().equals(view.id()))
                .toList();
        if (!units.isEmpty() && units.stream().allMatch(unit -> done.contains(unit.key()))) {
          blocks.add(new SiteBlock(id, view.id(), layers, units));
        }
      }
    }
    return blocks;
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
