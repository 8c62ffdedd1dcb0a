package io.similitude.job;

import io.similitude.similarity.Site;
import io.similitude.store.Moments;
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
 * @param key what identifies the Gram matrices, and the block
 */
record SiteBlock(
    String checkpoint,
    String view,
    List<String> layers,
    List<Unit> units,
    Set<Integer> kept,
    String key)
    implements Serializable {
  /** Of blocks that stand in one table: 96 bits. */
  private static final int KEY_DIGITS = 24;

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

  static SiteBlock of(
      String checkpoint, String view, List<String> layers, List<Unit> units, Set<Integer> kept) {
    Digest digest = new Digest().with("layers", layers);
    units.forEach(unit -> digest.with("unit", unit.key() + " " + unit.digest()));
    String key = digest.hex().substring(0, KEY_DIGITS);
    return new SiteBlock(checkpoint, view, layers, units, kept, key);
  }

  Moments moments() {
    return new Moments(checkpoint, view, key, layers.size() * units.size());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SiteBlock block && key.equals(block.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }
}
