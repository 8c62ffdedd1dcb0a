package io.similitude.plan;

import io.similitude.spec.NetworkSpec;
import java.io.Serializable;

/**
 * A network as the sweep was planned with it.
 *
 * @param sha256 of its file; null: it has none, it is built in
 */
public record NetworkSource(NetworkSpec spec, String sha256) implements Serializable {}
