package io.similitude.analysis.finding;

import io.similitude.analysis.statistics.Replicated;
import io.similitude.similarity.measure.MeasureColumns;

/**
 * How similar two networks are under a view, over their layers of the same name.
 *
 * @param similarity mean over the layers
 * @param distance mean over the layers of the arc, arccos of the similarity
 * @param layers the number of common layers
 */
public record NetworkRow(
    MeasureColumns measure,
    String view,
    String a,
    String b,
    Replicated similarity,
    Replicated distance,
    int layers) {}
