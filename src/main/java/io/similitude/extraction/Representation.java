package io.similitude.extraction;

import io.similitude.program.Layer;
import io.similitude.similarity.gram.PackedGram;
import java.util.Optional;

/**
 * What one layer makes of a batch of n examples.
 *
 * @param gram of its centred features, n x n
 * @param features what is kept of its values, n arrays of one length; empty where nothing is
 */
public record Representation(Layer layer, PackedGram gram, Optional<float[][]> features) {}
