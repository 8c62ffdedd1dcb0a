package io.similitude.job;

import io.similitude.similarity.Site;
import io.similitude.store.Unit;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The sites of one checkpoint under one view, which are compared together: their Gram matrices lie
 * in the same files.
 *
 * @param layers their names, by position
 * @param units one a batch
 * @param kept positions of the layers whose features were kept, and are fewer than the examples
 */
record SiteBlock(
    String checkpoint, String view, List<String> layers, List<Unit> units, Set<Integer> kept)
    implements Serializable {
  SiteBlock {
    layers = List.copyOf(layers);
    units = List.copyOf(units);
    kept = Set.copyOf(kept);
  }

  List<Site> sites() {
    return IntStream.range(0, layers.size())
        .mapToObj(position -> new Site(checkpoint, view, layers.get(position), position))
        .toList();
  }
}
