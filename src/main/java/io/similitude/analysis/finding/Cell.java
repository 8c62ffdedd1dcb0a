package io.similitude.analysis.finding;

import io.similitude.analysis.statistics.Replicated;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.table.Site;
import java.io.Serializable;

/**
 * One similarity with its replicates.
 *
 * @param value null if it does not exist
 */
public record Cell(Site a, Site b, Status status, Replicated value) implements Serializable {}
