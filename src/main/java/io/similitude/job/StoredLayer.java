package io.similitude.job;

import io.similitude.store.LayerRow;
import java.io.Serializable;

/**
 * A layer whose activations are stored.
 *
 * @param features of one example that are compared
 */
record StoredLayer(int position, String name, long features) implements Serializable {
  static StoredLayer of(LayerRow layer) {
    return new StoredLayer(layer.position(), layer.layer(), layer.features());
  }
}
