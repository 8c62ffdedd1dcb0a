package io.similitude.job;

import io.similitude.store.Unit;

/**
 * A unit with the examples of its batch.
 *
 * @param unit checkpoint, view and batch, and what identifies them
 * @param batch the examples, shared by all units of the batch
 */
record PlannedUnit(Unit unit, BatchPlan batch) {}
