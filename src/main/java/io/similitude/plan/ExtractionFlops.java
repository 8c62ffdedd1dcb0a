package io.similitude.plan;

import io.similitude.attack.Attacks;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.store.Unit;
import io.similitude.store.row.UnitKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Counts the floating-point operations of a sweep's extraction, and the bytes that it stores. */
public final class ExtractionFlops {
  private final SweepPlan plan;
  private final Map<UnitKey, Integer> examples = new HashMap<>();
  private final Map<String, CheckpointPlan> checkpoints = new HashMap<>();

  public ExtractionFlops(SweepPlan plan) {
    this.plan = plan;
    for (SweepPlan data : plan.byData()) {
      for (Unit unit : data.units()) {
        examples.put(unit.key(), data.allBatches().get(unit.key().batch()).count());
      }
    }
    plan.checkpoints().forEach(it -> checkpoints.put(it.id(), it));
  }

  /** The operations of one unit, and of the attack that makes its inputs. */
  public double of(CheckpointPlan checkpoint, BatchPlan.Planned unit) {
    int n = unit.batch().count();
    double features = checkpoint.layers().stream().mapToDouble(it -> (double) it.features()).sum();
    double attack = unit.crafting().map(it -> crafted(it) * n).orElse(0.0);
    return shown(n, (double) checkpoint.network().flops(), features) + attack;
  }

  /** The operations of all forward passes and Gram matrices of these units. */
  public double shown(Predicate<UnitKey> units) {
    return plan.sites().stream().mapToDouble(sites -> shown(sites, units)).sum();
  }

  /** The same for one checkpoint. Representations that were made elsewhere have no forward pass. */
  public double shown(PlannedSites sites, Predicate<UnitKey> units) {
    double features = sites.layerRows().stream().mapToDouble(layer -> layer.features()).sum();
    double forward = sites instanceof CheckpointPlan checkpoint ? checkpoint.network().flops() : 0;
    return sites.storedUnits().stream()
        .filter(unit -> units.test(unit.key()))
        .mapToDouble(unit -> shown(examples.get(unit.key()), forward, features))
        .sum();
  }

  /**
   * The operations of the symmetric half of a Gram matrix: n (n + 1) products and sums for each
   * feature.
   */
  private static double shown(int n, double forward, double features) {
    return forward * n + features * n * (n + 1);
  }

  /**
   * The operations of the attacks that these units need. An input that several units share is
   * crafted once.
   */
  public double attacked(Predicate<UnitKey> units) {
    Set<String> made = new HashSet<>();
    return plan.checkpoints().stream().mapToDouble(it -> attacked(it, units, made)).sum();
  }

  /** The same for the units of one checkpoint alone. */
  public double attacked(CheckpointPlan checkpoint, Predicate<UnitKey> units) {
    return attacked(checkpoint, units, new HashSet<>());
  }

  private double attacked(CheckpointPlan plan, Predicate<UnitKey> units, Set<String> made) {
    double flops = 0;
    for (BatchPlan.Planned unit : plan.units()) {
      if (unit.crafting().isPresent()
          && units.test(unit.unit().key())
          && made.add(unit.crafting().get().digest())) {
        flops += crafted(unit.crafting().get()) * unit.batch().count();
      }
    }
    return flops;
  }

  /**
   * The operations for one example. Each pass of an attack counts as one forward pass of the
   * attacked network.
   */
  private double crafted(Perturbing crafting) {
    CheckpointPlan attacked = checkpoints.get(crafting.adversary().checkpoint().id());
    return (double) attacked.network().flops() * Attacks.create(crafting.view()).cost().passes();
  }

  public double gramBytes(PlannedSites sites) {
    return sites.storedUnits().stream()
        .mapToDouble(
            unit ->
                (double) PackedGram.length(examples.get(unit.key()))
                    * Float.BYTES
                    * sites.layerRows().size())
        .sum();
  }
}
