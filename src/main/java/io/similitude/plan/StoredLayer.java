package io.similitude.plan;

import io.similitude.store.LayerRow;
import java.io.Serializable;

/**
 * A layer whose Gram matrices, and perhaps activations, are stored. Its text is part of what
 * identifies parts that were made of activations.
 *
 * @param features of one example that are compared
 */
public record StoredLayer(int position, String name, long features) implements Serializable {
  static StoredLayer of(LayerRow layer) {
    return new StoredLayer(layer.position(), layer.layer(), layer.features());
  }
}
