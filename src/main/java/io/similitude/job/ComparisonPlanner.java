package io.similitude.job;

import io.similitude.extraction.SiteVectors;
import io.similitude.similarity.HsicSums;
import io.similitude.similarity.Measures;
import io.similitude.similarity.PairMeasure;
import io.similitude.similarity.ProductMeasure;
import io.similitude.spec.Comparison;
import io.similitude.spec.SimilaritySpec;
import io.similitude.spec.ViewSpec;
import io.similitude.store.Coverage;
import io.similitude.store.Part;
import io.similitude.store.RunFolder;
import io.similitude.store.Unit;
import io.similitude.store.UnitKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Cuts all pairs of sites into parts: groups of sites against each other. The cut follows from the
 * spec and from what is there already, never from the cluster, so that the same products are made
 * everywhere.
 *
 * <p>A part tells which blocks of sites it holds, a block being a checkpoint under a view. It stays
 * as long as the plan has all of them, however the groups are cut now; only pairs of blocks that no
 * part holds are planned. So a checkpoint that is added, wherever in the spec, costs its own strip.
 */
final class ComparisonPlanner {
  /** Raised when the same Gram matrices come to give other rows. */
  private static final int FORMAT = 2;

  /** Sites in a group: few enough for one to be lost with a task, enough for products at speed. */
  private static final int MOST_SITES = 2048;

  private static final int FEWEST_SITES = 1024;

  /** Groups of a sweep, where they are not too small: enough parts for some cores. */
  private static final int GROUPS = 4;

  /** Bytes of a group's vectors outside of the heap; a task holds those of two groups. */
  private static final long GROUP_BYTES = 512L << 20;

  /** Bytes of the heap that a task takes for sums and facets. */
  private static final long HEAP_BYTES = 768L << 20;

  private final SweepPlan plan;

  ComparisonPlanner(SweepPlan plan) {
    this.plan = plan;
  }

  /**
   * What there is to do for the sites that are complete. Opens only parts that the plan would not
   * make now.
   *
   * @param done units whose Gram matrices are there
   */
  ComparisonPlan plan(Set<UnitKey> done, RunFolder folder) throws IOException {
    Map<Part, Coverage> wholes = new LinkedHashMap<>();
    parts(done).forEach(task -> wholes.put(task.part(), task.coverage()));
    Map<Part, Coverage> committed = folder.coverages(wholes.keySet());
    for (Part part : folder.present(wholes.keySet())) {
      committed.put(part, wholes.get(part));
    }
    return plan(done, committed);
  }

  /**
   * The same.
   *
   * @param committed the parts that are there, and what they cover
   */
  ComparisonPlan plan(Set<UnitKey> done, Map<Part, Coverage> committed) {
    List<SiteBlock> blocks = blocks(done);
    CoveredPairs covered = new CoveredPairs(settings(), blocks);
    List<Part> kept =
        committed.entrySet().stream()
            .filter(part -> covered.add(part.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    List<PartTask> missing =
        wholes(blocks).stream()
            .flatMap(part -> new MissingPairs(part, covered).parts().stream())
            .filter(part -> hasPairs(part.rows(), part.columns()))
            .sorted(Comparator.comparingLong(PartTask::pairs).reversed())
            .toList();
    return new ComparisonPlan(blocks, kept, missing);
  }

  /** All parts over the sites that are complete, as if there were none yet. */
  List<PartTask> parts(Set<UnitKey> done) {
    return wholes(blocks(done));
  }

  private List<PartTask> wholes(List<SiteBlock> blocks) {
    List<SiteGroup> groups = groups(blocks);
    List<PartTask> parts = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (int j = i; j < groups.size(); j++) {
        if (hasPairs(groups.get(i), groups.get(j))) {
          parts.add(PartTask.of(settings(), groups.get(i), groups.get(j)));
        }
      }
    }
    return parts;
  }

  private String settings() {
    return new Digest()
        .with("format", FORMAT)
        .with("measures", plan.spec().similarities())
        .with("compare", plan.spec().compare())
        .hex();
  }

  /** A site counts when all its batches are there: fewer would be another estimate. */
  private List<SiteBlock> blocks(Set<UnitKey> done) {
    List<SiteBlock> blocks = new ArrayList<>();
    for (CheckpointPlan checkpoint : plan.checkpoints()) {
      List<String> layers = checkpoint.layers().stream().map(layer -> layer.name()).toList();
      String id = checkpoint.checkpoint().id();
      for (ViewSpec view : plan.spec().views()) {
        List<Unit> units =
            checkpoint.storedUnits().stream()
                .filter(unit -> unit.key().view().equals(view.id()))
                .toList();
        if (!units.isEmpty() && units.stream().allMatch(unit -> done.contains(unit.key()))) {
          blocks.add(SiteBlock.of(id, view.id(), layers, units));
        }
      }
    }
    return blocks;
  }

  /** Groups of about the same size, each the blocks that begin in its share of the sites. */
  private List<SiteGroup> groups(List<SiteBlock> blocks) {
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
    int n = plan.largestBatch();
    long vectors = 0;
    long facets = 0;
    for (SimilaritySpec spec : plan.spec().similarities()) {
      Optional<ProductMeasure> product = Measures.product(spec);
      PairMeasure<?> measure = Measures.of(spec);
      vectors += product.map(it -> SiteVectors.bytes(1, it.length(n))).orElse(0L);
      facets += product.isPresent() ? 0 : measure.facetBytes(n);
    }
    int most = Math.min(MOST_SITES, Math.max(FEWEST_SITES, sites / GROUPS));
    long byVectors = vectors == 0 ? most : GROUP_BYTES / vectors;
    return (int) Math.max(1, Math.min(byHeap(most, facets), byVectors));
  }

  /** The most sites whose sums and facets, as rows and as columns, a task may hold. */
  private int byHeap(int most, long facets) {
    long perPair = (long) plan.spec().similarities().size() * HsicSums.MOST_BYTES;
    int sites = most;
    while (sites > 1 && (perPair * sites + 2 * facets) * sites > HEAP_BYTES) {
      sites -= Math.max(1, sites / 16);
    }
    return sites;
  }

  private boolean hasPairs(SiteGroup rows, SiteGroup columns) {
    return plan.spec().compare() != Comparison.WITHIN_CHECKPOINT
        || rows.blocks().stream()
            .anyMatch(
                row ->
                    columns.blocks().stream()
                        .anyMatch(column -> column.checkpoint().equals(row.checkpoint())));
  }
}
