package io.similitude.job;

import io.similitude.extraction.SiteVectors;
import io.similitude.similarity.HsicSums;
import io.similitude.similarity.Measures;
import io.similitude.similarity.ProductMeasure;
import io.similitude.spec.SimilaritySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Cuts the sites of a comparison by Gram matrices into groups of which a task can hold two. */
final class SiteGroups {
  /** Sites in a group: few enough for one to be lost with a task, enough for products at speed. */
  private static final int MOST_SITES = 2048;

  private static final int FEWEST_SITES = 1024;

  /** Groups of a sweep, where they are not too small: enough parts for some cores. */
  private static final int GROUPS = 4;

  /** Bytes of a group's vectors outside of the heap; a task holds those of two groups. */
  private static final long GROUP_BYTES = 512L << 20;

  /** Bytes of the heap that a task takes for sums and facets. */
  private static final long HEAP_BYTES = 768L << 20;

  private final List<SimilaritySpec> measures;
  private final int examples;

  /**
   * @param examples of the largest batch
   */
  SiteGroups(List<SimilaritySpec> measures, int examples) {
    this.measures = measures;
    this.examples = examples;
  }

  /** Groups of about the same size, each the blocks that begin in its share of the sites. */
  List<SiteGroup> of(List<SiteBlock> blocks) {
    int sites = new SiteGroup(blocks).size();
    int count = Math.max(1, (sites + mostSites(sites) - 1) / mostSites(sites));
    Map<Integer, List<SiteBlock>> shares = new TreeMap<>();
    int before = 0;
    for (SiteBlock block : blocks) {
      int share = (int) ((before + block.layers().size() / 2L) * count / sites);
      shares.computeIfAbsent(share, key -> new ArrayList<>()).add(block);
      before += block.layers().size();
    }
    return shares.values().stream().map(SiteGroup::new).toList();
  }

  private int mostSites(int sites) {
    long vectors = 0;
    long facets = 0;
    for (SimilaritySpec spec : measures) {
      Optional<ProductMeasure> product = Measures.product(spec);
      vectors += product.map(it -> SiteVectors.bytes(1, it.length(examples))).orElse(0L);
      facets += product.isPresent() ? 0 : Measures.of(spec).facetBytes(examples);
    }
    int most = Math.min(MOST_SITES, Math.max(FEWEST_SITES, sites / GROUPS));
    long byVectors = vectors == 0 ? most : GROUP_BYTES / vectors;
    return (int) Math.max(1, Math.min(byHeap(most, facets), byVectors));
  }

  /** The most sites whose sums and facets, as rows and as columns, a task may hold. */
  private int byHeap(int most, long facets) {
    long perPair = (long) measures.size() * HsicSums.MOST_BYTES;
    int sites = most;
    while (sites > 1 && (perPair * sites + 2 * facets) * sites > HEAP_BYTES) {
      sites -= Math.max(1, sites / 16);
    }
    return sites;
  }
}
