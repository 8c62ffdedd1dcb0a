package io.similitude.job;

import io.similitude.store.Unit;
import java.io.Serializable;

/** One unit's work, as it travels to an executor. */
record UnitTask(Unit unit, CheckpointSource source, BatchPlan batch) implements Serializable {}
