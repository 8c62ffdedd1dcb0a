package io.similitude.job;

import io.similitude.similarity.Site;
import io.similitude.store.Unit;
import java.io.Serializable;
import java.util.List;

/**
 * Some sites of one checkpoint under one view, by their stored activations.
 *
 * @param units one a batch
 */
record StoredSites(String checkpoint, String view, List<StoredLayer> layers, List<Unit> units)
    implements Serializable {
  StoredSites {
    layers = List.copyOf(layers);
    units = List.copyOf(units);
  }

  List<Site> sites() {
    return layers.stream()
        .map(layer -> new Site(checkpoint, view, layer.name(), layer.position()))
        .toList();
  }

  /** The same with some of the layers only. */
  StoredSites of(List<StoredLayer> some) {
    return new StoredSites(checkpoint, view, some, units);
  }
}
