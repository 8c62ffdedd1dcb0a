package io.similitude.plan;

import io.similitude.similarity.table.Site;
import io.similitude.stage.Digest;
import io.similitude.store.GramSummaries;
import io.similitude.store.Unit;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * The sites of one checkpoint under one view, all of them or some, which are compared together:
 * their Gram matrices lie in the same files, and so do their activations.
 *
 * @param units one a batch
 * @param kept positions of the layers whose features were kept, and are fewer than the examples
 * @param key what identifies the Gram matrices, and the block
 */
public record SiteBlock(
    String checkpoint,
    String view,
    List<StoredLayer> layers,
    List<Unit> units,
    Set<Integer> kept,
    String key)
    implements Serializable {
  /** Of blocks that stand in one table: 96 bits. */
  private static final int KEY_DIGITS = 24;

  public SiteBlock {
    layers = List.copyOf(layers);
    units = List.copyOf(units);
    kept = Set.copyOf(kept);
  }

  public static SiteBlock of(
      String checkpoint,
      String view,
      List<StoredLayer> layers,
      List<Unit> units,
      Set<Integer> kept) {
    Digest digest = new Digest().with("layers", layers.stream().map(StoredLayer::name).toList());
    units.forEach(unit -> digest.with("unit", unit.key() + " " + unit.digest()));
    String key = digest.hex().substring(0, KEY_DIGITS);
    return new SiteBlock(checkpoint, view, layers, units, kept, key);
  }

  /** A block of some of the layers only. */
  public SiteBlock of(List<StoredLayer> some) {
    return of(checkpoint, view, some, units, kept);
  }

  public List<Site> sites() {
    return layers.stream()
        .map(layer -> new Site(checkpoint, view, layer.name(), layer.position()))
        .toList();
  }

  public GramSummaries moments() {
    return new GramSummaries(checkpoint, view, key, layers.size() * units.size());
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
