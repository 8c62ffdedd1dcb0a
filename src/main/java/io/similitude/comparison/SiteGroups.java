package io.similitude.comparison;

import io.similitude.plan.SiteBlock;
import io.similitude.similarity.measure.HsicSums;
import io.similitude.similarity.measure.Measures;
import io.similitude.similarity.measure.ProductMeasure;
import io.similitude.spec.measure.MeasureSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Divides the sites of a comparison by Gram matrices into groups. A task can hold two groups in
 * memory.
 */
final class SiteGroups {
  /**
   * The largest number of sites in a group. It is small, so that little work is lost with a failed
   * task. It is large enough for fast matrix products.
   */
  private static final int MOST_SITES = 2048;

  private static final int FEWEST_SITES = 1024;

  /**
   * The number of groups of a sweep, unless they become too small. It gives enough parts for
   * several cores.
   */
  private static final int GROUPS = 4;

  /** Bytes of a group's vectors outside of the heap. A task holds the vectors of two groups. */
  private static final long GROUP_BYTES = 384L << 20;

  /** Bytes of the heap that a task uses for sums and facets. */
  private static final long HEAP_BYTES = 384L << 20;

  private final List<MeasureSpec> measures;
  private final int examples;
  private final int batches;

  /**
   * @param examples the number of examples in the largest batch
   */
  SiteGroups(List<MeasureSpec> measures, int examples, int batches) {
    this.measures = measures;
    this.examples = examples;
    this.batches = batches;
  }

  /**
   * Divides the blocks into groups of about the same size. A group has the blocks that begin in its
   * share of the sites. No group is larger than a task can hold, unless it is a single block.
   */
  List<SiteGroup> of(List<SiteBlock> blocks) {
    int sites = new SiteGroup(blocks).size();
    int most = mostSites();
    int wanted = Math.min(most, Math.max(FEWEST_SITES, sites / GROUPS));
    int count = Math.max(1, (sites + wanted - 1) / wanted);
    List<SiteGroup> groups = cut(blocks, sites, count);
    while (groups.stream().anyMatch(group -> group.size() > most && group.blocks().size() > 1)) {
      count++;
      groups = cut(blocks, sites, count);
    }
    return groups;
  }

  private static List<SiteGroup> cut(List<SiteBlock> blocks, int sites, int count) {
    Map<Integer, List<SiteBlock>> shares = new TreeMap<>();
    int before = 0;
    for (SiteBlock block : blocks) {
      int share = (int) ((before + block.layers().size() / 2L) * count / sites);
      shares.computeIfAbsent(share, key -> new ArrayList<>()).add(block);
      before += block.layers().size();
    }
    return shares.values().stream().map(SiteGroup::new).toList();
  }

  private int mostSites() {
    long vectors = 0;
    long facets = 0;
    long sums = 0;
    for (MeasureSpec spec : measures) {
      Optional<ProductMeasure> product = Measures.product(spec);
      vectors += product.map(it -> SiteVectors.bytes(1, it.length(examples))).orElse(0L);
      facets += product.isPresent() ? 0 : Measures.of(spec).facetBytes(examples);
      sums += product.isPresent() ? HsicSums.bytesInFloat32(batches) : HsicSums.MOST_BYTES;
    }
    long byVectors = vectors == 0 ? MOST_SITES : GROUP_BYTES / vectors;
    return (int) Math.max(1, Math.min(byHeap(sums, facets), byVectors));
  }

  /**
   * The largest number of sites whose sums and facets, as rows and as columns, fit into a task.
   *
   * @param perPair bytes of the sums of a pair
   * @param facets bytes of the facets of a site
   */
  private int byHeap(long perPair, long facets) {
    int sites = MOST_SITES;
    while (sites > 1 && (perPair * sites + 2 * facets) * sites > HEAP_BYTES) {
      sites -= Math.max(1, sites / 16);
    }
    return sites;
  }
}
