package io.similitude.job;

import io.similitude.similarity.ExactCost;
import io.similitude.spec.Comparison;
import io.similitude.store.Part;
import io.similitude.store.Unit;
import io.similitude.store.UnitKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts what is to be compared by stored activations into parts: for each way of going through them,
 * groups of sites against each other. As with {@link ComparisonPlanner} the cut follows from the
 * spec alone, and a part's digest covers the units of its two groups.
 */
final class ActivationPlanner {
  /** Raised when the same activations come to give other rows. */
  private static final int FORMAT = 1;

  private final SweepPlan plan;
  private final HeldBytes held;

  ActivationPlanner(SweepPlan plan) {
    this.plan = plan;
    this.held = new HeldBytes(plan);
  }

  /**
   * The parts over the sites that are complete.
   *
   * @param done units whose activations are there
   */
  List<ActivationTask> tasks(Set<UnitKey> done) {
    List<StoredSites> blocks = blocks(done);
    List<ActivationTask> tasks = new ArrayList<>();
    for (Estimation estimation : plan.estimations().ofActivations()) {
      List<StoredGroup> groups = groups(blocks, estimation);
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

  private ActivationTask task(Estimation estimation, List<StoredGroup> groups, int i, int j) {
    Digest digest =
        new Digest()
            .with("format", FORMAT)
            .with("measures", estimation.measures())
            .with("compare", plan.spec().compare())
            .with("batch", plan.spec().batch());
    if (estimation.passes() > 1) {
      digest.with("seed", plan.spec().seed());
    }
    groups.get(i).addTo(digest.with("rows", i));
    groups.get(j).addTo(digest.with("columns", j));
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
    WantedPairs pairs = new WantedPairs(plan.spec().compare(), task);
    pairs.forEach(
        (i, j) -> {
          if (!pairs.isItself(i, j)) {
            costs.add(
                ExactCost.ofPair(
                    plan.examples(), rows.get(i).features(), columns.get(j).features()));
          }
        });
    return costs.stream().reduce(ExactCost.NONE, ExactCost::plus);
  }

  private ExactCost cost(StoredLayer layer) {
    ExactCost cost = ExactCost.ofSite(plan.examples(), layer.features());
    return held.canHold(layer) ? cost : cost.withoutCovariances();
  }

  /** A site counts when all its batches are there. */
  private List<StoredSites> blocks(Set<UnitKey> done) {
    List<StoredSites> blocks = new ArrayList<>();
    for (PlannedSites sites : plan.sites()) {
      List<StoredLayer> layers = sites.layerRows().stream().map(StoredLayer::of).toList();
      Map<String, List<Unit>> views = new LinkedHashMap<>();
      for (Unit unit : sites.storedUnits()) {
        views.computeIfAbsent(unit.key().view(), view -> new ArrayList<>()).add(unit);
      }
      views.forEach(
          (view, units) -> {
            if (units.stream().allMatch(unit -> done.contains(unit.key()))) {
              blocks.add(new StoredSites(sites.id(), view, layers, units));
            }
          });
    }
    return blocks;
  }

  private List<StoredGroup> groups(List<StoredSites> blocks, Estimation estimation) {
    List<StoredGroup> groups = new ArrayList<>();
    List<StoredSites> group = new ArrayList<>();
    long bytes = 0;
    for (StoredSites piece : pieces(blocks, estimation)) {
      long more = held.bytes(piece.layers(), estimation);
      if (!group.isEmpty() && bytes + more > HeldBytes.GROUP) {
        groups.add(new StoredGroup(group));
        group = new ArrayList<>();
        bytes = 0;
      }
      group.add(piece);
      bytes += more;
    }
    if (!group.isEmpty()) {
      groups.add(new StoredGroup(group));
    }
    return groups;
  }

  /** The blocks, cut between layers where one is too much for a group. */
  private List<StoredSites> pieces(List<StoredSites> blocks, Estimation estimation) {
    List<StoredSites> pieces = new ArrayList<>();
    for (StoredSites block : blocks) {
      int from = 0;
      for (int to = 1; to <= block.layers().size(); to++) {
        boolean isEnd = to == block.layers().size();
        if (isEnd
            || held.bytes(block.layers().subList(from, to + 1), estimation) > HeldBytes.GROUP) {
          pieces.add(block.of(block.layers().subList(from, to)));
          from = to;
        }
      }
    }
    return pieces;
  }

  private boolean hasPairs(StoredGroup rows, StoredGroup columns) {
    return plan.spec().compare() != Comparison.WITHIN_CHECKPOINT
        || rows.blocks().stream()
            .anyMatch(
                row ->
                    columns.blocks().stream()
                        .anyMatch(column -> column.checkpoint().equals(row.checkpoint())));
  }
}
