package io.similitude.job;

import static java.util.stream.Collectors.toSet;

import io.similitude.extraction.SiteVectors;
import io.similitude.similarity.HsicSums;
import io.similitude.similarity.Measures;
import io.similitude.similarity.PairMeasure;
import io.similitude.similarity.ProductMeasure;
import io.similitude.similarity.Status;
import io.similitude.spec.Comparison;
import io.similitude.spec.SimilaritySpec;
import io.similitude.store.Coverage;
import io.similitude.store.LayerRow;
import io.similitude.store.Moments;
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
    Givens givens = givens(blocks);
    CoveredPairs covered = new CoveredPairs(settings(givens), blocks);
    List<Part> kept =
        committed.entrySet().stream()
            .filter(part -> covered.add(part.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    List<PartTask> missing =
        wholes(blocks, givens).stream()
            .flatMap(part -> new MissingPairs(part, covered).parts().stream())
            .filter(part -> hasPairs(part.rows(), part.columns()))
            .sorted(Comparator.comparingLong(PartTask::pairs).reversed())
            .toList();
    return new ComparisonPlan(blocks, givens, kept, missing);
  }

  /** All parts over the sites that are complete, as if there were none yet. */
  List<PartTask> parts(Set<UnitKey> done) {
    List<SiteBlock> blocks = blocks(done);
    return wholes(blocks, givens(blocks));
  }

  private List<PartTask> wholes(List<SiteBlock> blocks, Givens givens) {
    if (givens.measures().isEmpty()) {
      return List.of();
    }
    String settings = settings(givens);
    List<SiteGroup> groups = groups(blocks);
    List<PartTask> parts = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      for (int j = i; j < groups.size(); j++) {
        if (hasPairs(groups.get(i), groups.get(j))) {
          parts.add(PartTask.of(settings, groups.get(i), groups.get(j)));
        }
      }
    }
    return parts;
  }

  /** What is known of values that will be missing, and the way out; usually nothing. */
  List<String> warnings() {
    long all = plan.sites().stream().mapToLong(sites -> sites.layerRows().size()).sum();
    long without = plan.sites().stream().mapToLong(this::notKept).sum();
    return plan.estimations().ofGrams().stream()
        .filter(measure -> without > 0 && Measures.of(measure).wantsFeatures())
        .map(measure -> notKept(measure, without, all))
        .toList();
  }

  private static String notKept(SimilaritySpec measure, long without, long all) {
    return "%s needs activations, which are not kept of %d of %d layers: their status may be %s (activations: full keeps them)"
        .formatted(measure.metric().keyword(), without, all, Status.ACTIVATIONS_NOT_KEPT.label());
  }

  /** Layers that are not too wide for measures of directions anyway. */
  private long notKept(PlannedSites sites) {
    return sites.layerRows().stream()
        .filter(layer -> layer.features() < plan.largestBatch())
        .filter(layer -> !sites.keeps(layer, plan.spec()))
        .count();
  }

  /** Those of all sites, complete or not. */
  List<Moments> moments() {
    Set<UnitKey> all = plan.units().stream().map(Unit::key).collect(toSet());
    return blocks(all).stream().map(SiteBlock::moments).toList();
  }

  private Givens givens(List<SiteBlock> blocks) {
    return Givens.of(plan.spec(), plan.estimations().ofGrams(), blocks);
  }

  /** What a part depends on beside its own Gram matrices. */
  private String settings(Givens givens) {
    Digest digest =
        new Digest()
            .with("format", FORMAT)
            .with("measures", givens.measures())
            .with("compare", plan.spec().compare());
    givens.addTo(digest);
    return digest.hex();
  }

  /** A site counts when all its batches are there: fewer would be another estimate. */
  private List<SiteBlock> blocks(Set<UnitKey> done) {
    List<SiteBlock> blocks = new ArrayList<>();
    for (PlannedSites sites : plan.sites()) {
      List<String> layers = sites.layerRows().stream().map(LayerRow::layer).toList();
      Map<String, List<Unit>> views = new LinkedHashMap<>();
      for (Unit unit : sites.storedUnits()) {
        views.computeIfAbsent(unit.key().view(), view -> new ArrayList<>()).add(unit);
      }
      views.forEach(
          (view, units) -> {
            if (units.stream().allMatch(unit -> done.contains(unit.key()))) {
              blocks.add(SiteBlock.of(sites.id(), view, layers, units, kept(sites)));
            }
          });
    }
    return blocks;
  }

  /** As many features as examples fill the space of examples: measures of directions have none. */
  private Set<Integer> kept(PlannedSites sites) {
    return sites.layerRows().stream()
        .filter(layer -> layer.features() < plan.largestBatch())
        .filter(layer -> sites.keeps(layer, plan.spec()))
        .map(LayerRow::position)
        .collect(toSet());
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
    for (SimilaritySpec spec : plan.estimations().ofGrams()) {
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
    long perPair = (long) plan.estimations().ofGrams().size() * HsicSums.MOST_BYTES;
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
