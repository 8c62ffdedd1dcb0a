package io.similitude.job;

import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.NetworkSpec;
import java.io.Serializable;

/**
 * Where an executor finds a checkpoint, and what network it is of.
 *
 * @param sha256 of the weights when the sweep was planned
 */
record CheckpointSource(CheckpointSpec checkpoint, NetworkSpec network, String sha256)
    implements Serializable {}
