package io.similitude.comparison;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.similitude.plan.FindingPairs;
import io.similitude.plan.SiteBlock;
import io.similitude.plan.StoredLayer;
import io.similitude.similarity.table.Site;
import io.similitude.spec.Comparison;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Blocks of sites that are neighbours in the spec and are compared in one task. */
public record SiteGroup(List<SiteBlock> blocks) implements Serializable {
  public SiteGroup {
    blocks = List.copyOf(blocks);
  }

  public int size() {
    return blocks.stream().mapToInt(block -> block.layers().size()).sum();
  }

  /** The number of Gram matrices of the group: one for each site and each batch. */
  long grams() {
    return blocks.stream()
        .mapToLong(block -> (long) block.layers().size() * block.units().size())
        .sum();
  }

  /** The group with more blocks after its own. */
  public SiteGroup with(List<SiteBlock> more) {
    return new SiteGroup(Stream.concat(blocks.stream(), more.stream()).toList());
  }

  /** The checkpoints of the group. */
  String label() {
    return blocks.stream().map(SiteBlock::checkpoint).distinct().collect(joining(", "));
  }

  List<Site> sites() {
    return blocks.stream().flatMap(block -> block.sites().stream()).toList();
  }

  public List<StoredLayer> layers() {
    return blocks.stream().flatMap(block -> block.layers().stream()).toList();
  }

  /** What identifies the Gram matrices of each block. */
  List<String> keys() {
    return blocks.stream().map(SiteBlock::key).toList();
  }

  /**
   * Whether a comparison may want a pair of a site here and a site there. The layers do not matter.
   */
  boolean mayBeComparedWith(SiteGroup other, Comparison compare, FindingPairs findings) {
    if (compare == Comparison.FINDINGS) {
      return blocks.stream()
          .anyMatch(
              a ->
                  other.blocks.stream()
                      .anyMatch(b -> findings.kind(a, b) != FindingPairs.Kind.NONE));
    }
    Set<String> checkpoints = other.blocks.stream().map(SiteBlock::checkpoint).collect(toSet());
    return compare != Comparison.WITHIN_CHECKPOINT
        || blocks.stream().map(SiteBlock::checkpoint).anyMatch(checkpoints::contains);
  }
}
