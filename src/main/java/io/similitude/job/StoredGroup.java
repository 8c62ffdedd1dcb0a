package io.similitude.job;

import static java.util.stream.Collectors.joining;

import io.similitude.similarity.Site;
import java.io.Serializable;
import java.util.List;

/** Sites that are compared in one go, by their stored activations. */
record StoredGroup(List<StoredSites> blocks) implements Serializable {
  StoredGroup {
    blocks = List.copyOf(blocks);
  }

  List<Site> sites() {
    return blocks.stream().flatMap(block -> block.sites().stream()).toList();
  }

  List<StoredLayer> layers() {
    return blocks.stream().flatMap(block -> block.layers().stream()).toList();
  }

  /** The checkpoints of the group. */
  String label() {
    return blocks.stream().map(StoredSites::checkpoint).distinct().collect(joining(", "));
  }

  /** What identifies the activations of the group. */
  void addTo(Digest digest) {
    for (StoredSites block : blocks) {
      digest.with("layers", block.layers());
      block.units().forEach(unit -> digest.with("unit", unit.key() + " " + unit.digest()));
    }
  }
}
