package io.similitude.job;

import io.similitude.similarity.Site;
import io.similitude.store.Unit;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The sites of one checkpoint under one view, which are compared together: their Gram matrices lie
 * in the same files.
 *
 * @param layers their names, by position
 * @param units one a batch
 */
record SiteBlock(String checkpoint, String view, List<String> layers, List<Unit> units)
    implements Serializable {
  SiteBlock {
    layers = List.copyOf(layers);
    units = List.copyOf(units);
  }

  List<Site> sites() {
    return IntStream.range(0, layers.size())
        .mapToObj(position -> new Site(checkpoint, view, layers.get(position), position))
        .toList();
  }
}
