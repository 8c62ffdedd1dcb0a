package io.similitude.plan;

import io.similitude.files.Fingerprint;
import io.similitude.spec.key.Fingerprinted;
import io.similitude.store.row.LayerRow;
import java.io.Serializable;

/**
 * A layer whose Gram matrices, and perhaps activations, are stored.
 *
 * @param features the number of compared features of one example
 */
public record StoredLayer(int position, String name, long features)
    implements Serializable, Fingerprinted {
  static StoredLayer of(LayerRow layer) {
    return new StoredLayer(layer.position(), layer.layer(), layer.features());
  }

  @Override
  public String fingerprint() {
    return new Fingerprint()
        .with("position", position)
        .with("name", name)
        .with("features", features)
        .hex();
  }
}
