package io.similitude.plan;

import io.similitude.files.Fingerprint;
import io.similitude.similarity.table.Site;
import io.similitude.store.Unit;
import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * Some or all sites of one checkpoint under one view. They are compared together, because their
 * Gram matrices are in the same files, and so are their activations.
 *
 * @param units one for each batch
 * @param kept positions of the layers whose features were kept and that have fewer features than
 *     examples
 * @param key identifies the Gram matrices and the block
 */
public record SiteBlock(
    String checkpoint,
    String view,
    List<StoredLayer> layers,
    List<Unit> units,
    Set<Integer> kept,
    String key)
    implements Serializable {
  /** The digits of a block's key: 96 bits. They tell the blocks of one table apart. */
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
    Fingerprint digest =
        new Fingerprint()
            .withTexts("layers", layers.stream().map(StoredLayer::name).toList())
            .withAll("units", units);
    String key = digest.hex().substring(0, KEY_DIGITS);
    return new SiteBlock(checkpoint, view, layers, units, kept, key);
  }

  /** A block with only some of the layers. */
  public SiteBlock of(List<StoredLayer> some) {
    return of(checkpoint, view, some, units, kept);
  }

  public List<Site> sites() {
    return layers.stream()
        .map(layer -> new Site(checkpoint, view, layer.name(), layer.position()))
        .toList();
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
