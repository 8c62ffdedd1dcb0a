package io.similitude.job;

import static java.util.stream.Collectors.joining;

import io.similitude.similarity.Site;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/** Blocks of sites that stand side by side in the spec and are compared in one go. */
record SiteGroup(List<SiteBlock> blocks) implements Serializable {
  SiteGroup {
    blocks = List.copyOf(blocks);
  }

  int size() {
    return blocks.stream().mapToInt(block -> block.layers().size()).sum();
  }

  /** The group with more sites after its own. */
  SiteGroup with(List<SiteBlock> more) {
    return new SiteGroup(Stream.concat(blocks.stream(), more.stream()).toList());
  }

  /** The checkpoints of the group. */
  String label() {
    return blocks.stream().map(SiteBlock::checkpoint).distinct().collect(joining(", "));
  }

  List<Site> sites() {
    return blocks.stream().flatMap(block -> block.sites().stream()).toList();
  }

  /** What identifies the Gram matrices of each block. */
  List<String> keys() {
    return blocks.stream().map(SiteBlock::key).toList();
  }
}
