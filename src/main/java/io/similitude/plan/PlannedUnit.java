package io.similitude.plan;

import io.similitude.store.Unit;
import java.util.Optional;

/**
 * A unit with the examples of its batch.
 *
 * @param unit checkpoint, view and batch, and what identifies them
 * @param batch the examples, shared by all units of the batch
 * @param crafting how they are perturbed; empty where they are shown as they are
 */
public record PlannedUnit(Unit unit, BatchPlan batch, Optional<Perturbing> crafting) {}
