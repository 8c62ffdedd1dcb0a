package io.similitude.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.similitude.network.TorchEngine;
import io.similitude.similarity.gram.GramSummary;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.similarity.gram.UCentring;
import io.similitude.similarity.measure.HsicSums;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ProductEngineTest {
  /** Cosines of float32 vectors of some tens of elements, relative to the lengths. */
  private static final double FLOAT_PRODUCT = 1e-6;

  @BeforeAll
  static void useOneThread() {
    TorchEngine.configure(1);
  }

  @Test
  void productsOfTwoGroupsAreTheHsicOfEachPair() {
    int n = 9;
    PackedGram[] rows = grams(7, n, 1);
    PackedGram[] columns = grams(5, n, 2);
    HsicSums sums = HsicSums.empty(rows.length, columns.length);

    try (ProductEngine engine = new ProductEngine()) {
      engine.add(centred(rows), centred(columns), n, sums);
    }

    assertHsic(sums, rows, columns);
  }

  @Test
  void theSymmetricHalfOfManySitesIsMirroredWhole() {
    int n = 6;
    // More than two blocks of the symmetric product, and a last one that is not full.
    PackedGram[] sites = grams(300, n, 3);
    HsicSums sums = HsicSums.ofGroup(sites.length);

    try (ProductEngine engine = new ProductEngine()) {
      engine.add(centred(sites), n, sums);
    }

    assertHsic(sums, sites, sites);
    for (int i = 0; i < sites.length; i++) {
      for (int j = 0; j < i; j++) {
        assertThat(sums.hsic(i, j)).isEqualTo(sums.hsic(j, i));
      }
    }
  }

  @Test
  void aGramMatrixNeedNotBeCentredForAProductWithOneThatIs() {
    int n = 9;
    PackedGram[] rows = grams(7, n, 1);
    PackedGram[] columns = grams(5, n, 2);
    HsicSums sums = HsicSums.empty(rows.length, columns.length);
    SiteVectors plain = new SiteVectors(columns.length, PackedGram.length(n));
    for (int j = 0; j < columns.length; j++) {
      float[] vector = new float[PackedGram.length(n)];
      UCentring.Norms norms = UCentring.norms(columns[j], vector, 0);
      GramSummary moments = new GramSummary(n, norms.centred(), norms.plain(), 0, 0);
      plain.set(j, columns[j].packed(), moments.weight(), moments.plainScale(columns[j]));
    }

    try (ProductEngine engine = new ProductEngine()) {
      engine.add(centred(rows), plain, n, sums);
    }

    assertHsic(sums, rows, columns);
  }

  @Test
  void thereIsRoomForAnyNumberOfSitesWhereverTheMemoryLies() {
    for (int length = 6; length < 70; length += 7) {
      for (int sites = 1; sites < 40; sites++) {
        SiteVectors vectors = new SiteVectors(sites, length);
        assertThat((long) vectors.memory().remaining()).isEqualTo(SiteVectors.bytes(sites, length));
        assertThat(vectors.memory().alignmentOffset(0, Long.SIZE)).isZero();
      }
    }
  }

  @Test
  void memoryThatWasGivenBackIsUsedAgainForWhatFits() {
    VectorMemory.giveBack(ByteBuffer.allocateDirect(1 << 20));
    ByteBuffer large = ByteBuffer.allocateDirect(3 << 20);
    VectorMemory.giveBack(large);

    assertThat(VectorMemory.take(3 << 20)).isSameAs(large);
    assertThat(VectorMemory.take(3 << 20)).isNotSameAs(large);
  }

  @Test
  void vectorsInUsedMemoryAreThoseThatWereSet() {
    float[] ones = {1, 1, 1, 1, 1, 1};
    HsicSums sums = HsicSums.ofGroup(2);
    SiteVectors before = new SiteVectors(9, 6);
    IntStream.range(0, 9).forEach(site -> before.set(site, ones, 5));
    before.close();
    SiteVectors after = new SiteVectors(2, 6);
    after.set(0, new float[] {1, 0, 0, 0, 0, 0}, 1);
    after.set(1, new float[] {0, 1, 0, 0, 0, 0}, 1);

    try (ProductEngine engine = new ProductEngine()) {
      engine.add(after, 4, sums);
    }

    assertThat(sums.hsic(0, 0)).isEqualTo(1);
    assertThat(sums.hsic(0, 1)).isZero();
  }

  @Test
  void aGroupThatNoBufferHoldsIsNamed() {
    assertThatThrownBy(() -> new SiteVectors(5000, 131328))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid number of sites: 5000 with vectors of 131328 numbers take 2626560000 bytes (must be under 2 GiB)");
  }

  @Test
  void aVectorOfAnotherLengthIsNamed() {
    SiteVectors vectors = new SiteVectors(1, 15);

    assertThatThrownBy(() -> vectors.set(0, new float[21], 1))
        .hasMessage("Invalid vector: 21 numbers (must be 15)");
  }

  private static SiteVectors centred(PackedGram[] grams) {
    int n = grams[0].n();
    SiteVectors centred = new SiteVectors(grams.length, PackedGram.length(n));
    for (int site = 0; site < grams.length; site++) {
      float[] vector = new float[PackedGram.length(n)];
      double norm = UCentring.centreInPlace(grams[site], vector);
      centred.set(site, vector, UCentring.weight(n, norm));
    }
    return centred;
  }

  private static void assertHsic(HsicSums sums, PackedGram[] rows, PackedGram[] columns) {
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        double scale = Math.sqrt(hsic(rows[i], rows[i]) * hsic(columns[j], columns[j]));
        assertThat(sums.hsic(i, j))
            .as("[%d, %d]", i, j)
            .isCloseTo(hsic(rows[i], columns[j]), within(FLOAT_PRODUCT * scale));
      }
    }
  }

  /** HSIC_1 in Song's own form (Song et al. 2012, eq. 5), in float64, without any centring. */
  private static double hsic(PackedGram k, PackedGram l) {
    int n = k.n();
    double trace = 0;
    double sumK = 0;
    double sumL = 0;
    double cross = 0;
    for (int i = 0; i < n; i++) {
      double rowK = 0;
      double rowL = 0;
      for (int j = 0; j < n; j++) {
        if (i != j) {
          trace += (double) k.get(i, j) * l.get(i, j);
          rowK += k.get(i, j);
          rowL += l.get(i, j);
        }
      }
      sumK += rowK;
      sumL += rowL;
      cross += rowK * rowL;
    }
    double all = sumK * sumL / ((n - 1.0) * (n - 2)) - 2 * cross / (n - 2);
    return (trace + all) / (n * (n - 3.0));
  }

  /** Of features that are centred over the batch, as they are in the tables. */
  private static PackedGram[] grams(int sites, int n, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, sites)
        .mapToObj(site -> gram(random, n, 1 + random.nextInt(2 * n)))
        .toArray(PackedGram[]::new);
  }

  private static PackedGram gram(Random random, int n, int p) {
    double[][] x = new double[n][p];
    for (int column = 0; column < p; column++) {
      double[] values = random.doubles(n).toArray();
      double mean = IntStream.range(0, n).mapToDouble(i -> values[i]).average().orElseThrow();
      for (int i = 0; i < n; i++) {
        x[i][column] = values[i] - mean;
      }
    }
    float[] packed = new float[PackedGram.length(n)];
    int to = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        double sum = 0;
        for (int column = 0; column < p; column++) {
          sum += x[i][column] * x[j][column];
        }
        packed[to++] = (float) sum;
      }
    }
    return PackedGram.of(n, packed);
  }
}
