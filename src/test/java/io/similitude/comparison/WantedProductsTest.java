package io.similitude.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.network.TorchEngine;
import io.similitude.plan.FindingPairs;
import io.similitude.plan.SiteBlock;
import io.similitude.plan.StoredLayer;
import io.similitude.similarity.measure.HsicSums;
import io.similitude.spec.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which products are made of the pairs that findings read: these, and hardly any others. */
final class WantedProductsTest {
  private static final int EXAMPLES = 16;

  /** Of float32 products of unit vectors. */
  private static final double FLOAT_PRODUCT = 1e-6;

  @BeforeAll
  static void useOneThread() {
    TorchEngine.configure(1);
  }

  @Test
  void everyPairThatFindingsReadIsMade() {
    for (boolean matchesLayers : List.of(false, true)) {
      FindingPairs findings = new FindingPairs(true, matchesLayers, Set.of("labels"));
      SiteGroup one = group(List.of(block("a", "v", 7), block("a", "w", 7), block("b", "v", 5)));
      SiteGroup other = group(List.of(block("c", "v", 6), block("labels", "v", 1)));
      assertThat(made(findings, one, one)).containsAll(wanted(findings, one, one));
      assertThat(made(findings, one, other)).isEqualTo(wanted(findings, one, other));
    }
  }

  @Test
  void layersOfOneNameInAnotherOrderAreFound() {
    FindingPairs findings = new FindingPairs(true, false, Set.of());
    SiteGroup one = group(List.of(block("a", "v", List.of("x", "y", "z"))));
    SiteGroup other = group(List.of(block("b", "v", List.of("y", "z", "x", "q"))));
    assertThat(made(findings, one, other)).containsExactly("0,2", "1,0", "2,1");
    assertThat(WantedProducts.of(Comparison.FINDINGS, findings, PartTask.of("s", one, other)))
        .extracting(it -> it.stretches().size())
        .isEqualTo(2);
  }

  @Test
  void theProductsOfWantedPairsAreThoseOfAllPairs() {
    FindingPairs findings = new FindingPairs(true, false, Set.of());
    SiteGroup one = group(List.of(block("a", "v", 7), block("a", "w", 7), block("b", "v", 7)));
    SiteGroup other = group(List.of(block("c", "v", 9), block("c", "w", 9)));
    for (PartTask part : List.of(PartTask.of("s", one, one), PartTask.of("s", one, other))) {
      HsicSums whole = sums(part);
      HsicSums some = sums(part);
      SiteVectors rows = vectors(part.rows().size(), 1);
      SiteVectors columns = part.isSymmetric() ? rows : vectors(part.columns().size(), 2);
      try (ProductEngine engine = new ProductEngine()) {
        engine.add(rows, columns, EXAMPLES, whole);
        engine.add(rows, columns, products(findings, part), EXAMPLES, some);
      }
      new WantedPairs(Comparison.FINDINGS, findings, part.rows(), part.columns())
          .forEach(
              (i, j) ->
                  assertThat(some.hsic(i, j)).isCloseTo(whole.hsic(i, j), within(FLOAT_PRODUCT)));
    }
  }

  @Test
  void ofFiftyNetworksAFortiethOfTheProductsIsMade() {
    FindingPairs findings = new FindingPairs(true, false, Set.of());
    List<SiteBlock> blocks = new ArrayList<>();
    for (int c = 0; c < 50; c++) {
      for (String view : List.of("benign", "linf")) {
        blocks.add(block("c" + c, view, 40));
      }
    }
    SiteGroup all = group(blocks);
    PartTask part = PartTask.of("s", all, all);
    WantedProducts products = products(findings, part);
    // 100 squares of 40 x 40; 2 x 1,225 pairs of networks and 50 of views, of 40 layers each.
    assertThat(products.count(part)).isEqualTo(100 * 1600 + (2 * 1225 + 50) * 40);
    assertThat(products.count(part) / (4000.0 * 4000)).isLessThan(1 / 40.0);
    assertThat(WantedProducts.estimate(Comparison.FINDINGS, findings, part))
        .isLessThan(part.pairs() / 40);
  }

  @Test
  void groupsThatShareNeitherCheckpointNorViewAreNotCompared() {
    FindingPairs findings = new FindingPairs(true, false, Set.of());
    SiteGroup one = group(List.of(block("a", "v", 3)));
    SiteGroup other = group(List.of(block("b", "w", 3)));
    assertThat(one.mayBeComparedWith(other, Comparison.FINDINGS, findings)).isFalse();
    assertThat(one.mayBeComparedWith(one, Comparison.FINDINGS, findings)).isTrue();
    assertThat(one.mayBeComparedWith(other, Comparison.ALL, findings)).isTrue();
  }

  private static WantedProducts products(FindingPairs findings, PartTask part) {
    return WantedProducts.of(Comparison.FINDINGS, findings, part);
  }

  private static HsicSums sums(PartTask part) {
    return part.isSymmetric()
        ? HsicSums.ofGroup(part.rows().size())
        : HsicSums.empty(part.rows().size(), part.columns().size());
  }

  private static Set<String> made(FindingPairs findings, SiteGroup rows, SiteGroup columns) {
    WantedProducts products = products(findings, PartTask.of("s", rows, columns));
    Set<String> made = new TreeSet<>();
    for (WantedProducts.Rectangle it : products.rectangles()) {
      for (int i = 0; i < it.rows(); i++) {
        for (int j = 0; j < it.columns(); j++) {
          made.add((it.row() + i) + "," + (it.column() + j));
        }
      }
    }
    for (WantedProducts.Stretch it : products.stretches()) {
      for (int k = 0; k < it.length(); k++) {
        made.add((it.row() + k) + "," + (it.column() + k));
      }
    }
    return made;
  }

  private static Set<String> wanted(FindingPairs findings, SiteGroup rows, SiteGroup columns) {
    Set<String> wanted = new TreeSet<>();
    new WantedPairs(Comparison.FINDINGS, findings, rows, columns)
        .forEach((i, j) -> wanted.add(i + "," + j));
    return wanted;
  }

  /** Unit vectors. */
  private static SiteVectors vectors(int sites, long seed) {
    Random random = new Random(seed);
    int length = EXAMPLES * (EXAMPLES - 1) / 2;
    SiteVectors vectors = new SiteVectors(sites, length);
    for (int site = 0; site < sites; site++) {
      float[] vector = new float[length];
      double squares = 0;
      for (int k = 0; k < length; k++) {
        vector[k] = (float) random.nextGaussian();
        squares += vector[k] * (double) vector[k];
      }
      for (int k = 0; k < length; k++) {
        vector[k] /= (float) Math.sqrt(squares);
      }
      vectors.set(site, vector, 1);
    }
    return vectors;
  }

  private static SiteGroup group(List<SiteBlock> blocks) {
    return new SiteGroup(blocks);
  }

  private static SiteBlock block(String checkpoint, String view, int layers) {
    return block(checkpoint, view, IntStream.range(0, layers).mapToObj(i -> "layer" + i).toList());
  }

  private static SiteBlock block(String checkpoint, String view, List<String> names) {
    List<StoredLayer> layers =
        IntStream.range(0, names.size())
            .mapToObj(i -> new StoredLayer(i, names.get(i), 4))
            .toList();
    return new SiteBlock(checkpoint, view, layers, List.of(), Set.of(), checkpoint + view);
  }
}
