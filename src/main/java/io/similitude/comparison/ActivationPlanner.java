package io.similitude.comparison;

import io.similitude.files.Fingerprint;
import io.similitude.plan.Estimation;
import io.similitude.plan.MemoryBudget;
import io.similitude.plan.SiteBlock;
import io.similitude.plan.StoredLayer;
import io.similitude.plan.SweepPlan;
import io.similitude.similarity.exact.ExactCost;
import io.similitude.spec.Comparison;
import io.similitude.store.Part;
import io.similitude.store.row.UnitKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Divides the comparison by stored activations into parts. For each way of estimation, a part
 * compares two groups of sites. As with {@link ComparisonPlanner}, the division depends on the spec
 * alone, and the digest of a part covers the units of its two groups.
 */
public final class ActivationPlanner {
  /** Increment when the same activations would produce different rows. */
  private static final int FORMAT = 5;

  private final SweepPlan plan;
  private final MemoryBudget held;

  public ActivationPlanner(SweepPlan plan) {
    this.plan = plan;
    this.held = new MemoryBudget(plan);
  }

  /**
   * The parts for the sites that are complete.
   *
   * @param done units whose activations are stored
   */
  public List<ActivationTask> tasks(Set<UnitKey> done) {
    List<ActivationTask> tasks = new ArrayList<>();
    for (Estimation estimation : plan.estimations().ofActivations()) {
      List<SiteBlock> blocks =
          estimation.way() == Estimation.Way.BATCHES ? plan.blocks(done) : plan.wholeBlocks(done);
      List<SiteGroup> groups = groups(blocks, estimation);
      for (int i = 0; i < groups.size(); i++) {
        for (int j = i; j < groups.size(); j++) {
          if (hasPairs(groups.get(i), groups.get(j))) {
            tasks.add(task(estimation, groups, i, j));
          }
        }
      }
    }
    return tasks;
  }

  private ActivationTask task(Estimation estimation, List<SiteGroup> groups, int i, int j) {
    Fingerprint digest =
        new Fingerprint()
            .with("format", FORMAT)
            .withAll("measures", estimation.measures())
            .with("compare", plan.spec().compare())
            .with("batch", plan.spec().batch());
    if (plan.spec().compare() == Comparison.FINDINGS) {
      digest.with("squares", plan.findingPairs().matchesLayers());
    }
    if (estimation.passes() > 1) {
      digest.with("seed", plan.spec().seed());
    }
    addTo(digest.with("rows", i), groups.get(i));
    addTo(digest.with("columns", j), groups.get(j));
    String name = "%s-%05d-%05d".formatted(estimation.name(), i, j);
    ActivationTask task =
        new ActivationTask(
            new Part(name, digest.hex()), estimation, groups.get(i), groups.get(j), ExactCost.NONE);
    return estimation.way() == Estimation.Way.EXACT_LINEAR ? task.costing(cost(task)) : task;
  }

  private ExactCost cost(ActivationTask task) {
    List<StoredLayer> rows = task.rows().layers();
    List<StoredLayer> columns = task.columns().layers();
    List<ExactCost> costs = new ArrayList<>();
    rows.forEach(layer -> costs.add(cost(layer)));
    if (!task.isSymmetric()) {
      columns.forEach(layer -> costs.add(cost(layer)));
    }
    WantedPairs pairs =
        new WantedPairs(plan.spec().compare(), plan.findingPairs(), task.rows(), task.columns());
    pairs.forEach(
        (i, j) -> {
          if (!pairs.isItself(i, j)) {
            costs.add(
                ExactCost.ofPair(
                    plan.allExamples(), rows.get(i).features(), columns.get(j).features()));
          }
        });
    return costs.stream().reduce(ExactCost.NONE, ExactCost::plus);
  }

  private ExactCost cost(StoredLayer layer) {
    ExactCost cost = ExactCost.ofSite(plan.allExamples(), layer.features());
    return held.canHold(layer) ? cost : cost.withoutCovariances();
  }

  private List<SiteGroup> groups(List<SiteBlock> blocks, Estimation estimation) {
    List<SiteGroup> groups = new ArrayList<>();
    SiteGroup group = new SiteGroup(List.of());
    for (SiteBlock piece : pieces(blocks, estimation)) {
      SiteGroup more = group.with(List.of(piece));
      if (group.size() > 0 && !held.fits(more.layers(), estimation)) {
        groups.add(group);
        more = new SiteGroup(List.of(piece));
      }
      group = more;
    }
    if (group.size() > 0) {
      groups.add(group);
    }
    return groups;
  }

  /** The blocks. A block that is too large for a group is cut between layers. */
  private List<SiteBlock> pieces(List<SiteBlock> blocks, Estimation estimation) {
    List<SiteBlock> pieces = new ArrayList<>();
    for (SiteBlock block : blocks) {
      int from = 0;
      for (int to = 1; to <= block.layers().size(); to++) {
        boolean isEnd = to == block.layers().size();
        if (isEnd || !held.fits(block.layers().subList(from, to + 1), estimation)) {
          pieces.add(block.of(block.layers().subList(from, to)));
          from = to;
        }
      }
    }
    return pieces;
  }

  private boolean hasPairs(SiteGroup rows, SiteGroup columns) {
    return rows.mayBeComparedWith(columns, plan.spec().compare(), plan.findingPairs());
  }

  /** What identifies the activations of a group. */
  private static void addTo(Fingerprint digest, SiteGroup group) {
    for (SiteBlock block : group.blocks()) {
      digest.withAll("layers", block.layers());
      digest.withAll("units", block.units());
    }
  }
}
