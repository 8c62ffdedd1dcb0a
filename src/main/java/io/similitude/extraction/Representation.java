package io.similitude.extraction;

import io.similitude.program.Layer;
import io.similitude.similarity.gram.PackedGram;
import java.util.Optional;

/**
 * The values that one layer computes for a batch of n examples.
 *
 * @param gram the Gram matrix of its centred features, n x n
 * @param features the values that are kept, n arrays of one length; empty if none are kept
 */
public record Representation(Layer layer, PackedGram gram, Optional<float[][]> features) {}
