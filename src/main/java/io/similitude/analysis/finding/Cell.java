package io.similitude.analysis.finding;

import io.similitude.similarity.Site;
import io.similitude.similarity.Status;
import java.io.Serializable;

/**
 * One similarity with its replicates.
 *
 * @param value null where it does not exist
 */
public record Cell(Site a, Site b, Status status, Replicated value) implements Serializable {}
