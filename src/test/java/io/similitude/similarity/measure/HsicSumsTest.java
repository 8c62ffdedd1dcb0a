package io.similitude.similarity.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class HsicSumsTest {
  private static final int ROWS = 3;
  private static final int COLUMNS = 2;

  @Property(tries = 100)
  void anyOrderOfTheBatchesGivesTheWhole(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int batches) {
    Random random = new Random(seed);
    List<Batch> all = batches(random, batches);
    HsicSums whole = addAll(all);
    List<Batch> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);

    HsicSums parts = addAll(shuffled);

    assertThat(parts.batches()).isEqualTo(whole.batches());
    assertThat(parts.examples()).isEqualTo(whole.examples());
    for (int i = 0; i < ROWS; i++) {
      for (int j = 0; j < COLUMNS; j++) {
        // Another order of a dozen float64 additions.
        assertThat(parts.hsic(i, j)).isEqualTo(whole.hsic(i, j), within(1e-12 * scale(whole)));
        assertThat(parts.sumOfSquares(i, j, 1, -2, 3))
            .isEqualTo(whole.sumOfSquares(i, j, 1, -2, 3), within(1e-10 * scale(whole)));
      }
    }
  }

  /** Up to 16 batches are kept one by one. More are added up. */
  @Property(tries = 100)
  void aGroupAndARectangleHaveTheSumsOfTheirBatches(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int batches) {
    Random random = new Random(seed);
    HsicSums group = HsicSums.ofGroup(ROWS);
    HsicSums rectangle = HsicSums.empty(ROWS, ROWS);
    double[] x = new double[batches];
    double[] y = new double[batches];
    double[] z = new double[batches];
    for (int b = 0; b < batches; b++) {
      float[] products = symmetric(random);
      double[] roots = random.doubles(ROWS, 0.1, 9).toArray();
      x[b] = products[2] * (roots[0] * roots[2]);
      y[b] = roots[0] * roots[0];
      z[b] = roots[2] * roots[2];
      group.addWeighted(products, roots, roots, 4);
      rectangle.addWeighted(products, roots, roots, 4);
    }

    for (HsicSums sums : List.of(group, rectangle)) {
      assertThat(sums.hsic(0, 2)).isEqualTo(sum(batches, b -> x[b]));
      assertThat(sums.hsic(2, 0)).isEqualTo(sums.hsic(0, 2));
      double squares = sum(batches, b -> Math.pow(2 * x[b] - y[b] + 3 * z[b], 2));
      assertThat(sums.sumOfSquares(0, 2, 2, -1, 3)).isEqualTo(squares, within(1e-12 * squares));
      assertThat(sums.sumOfSquares(2, 0, 2, 3, -1)).isEqualTo(squares, within(1e-12 * squares));
      double[] without = sums.ratiosWithoutGroups(0, 2);
      assertThat(without).hasSize(Math.min(batches, 16));
      for (int g = 0; batches > 1 && g < without.length; g++) {
        int left = g;
        IntPredicate isOther = b -> b % 16 != left;
        double ratio =
            sum(batches, b -> isOther.test(b) ? x[b] : 0)
                / Math.sqrt(
                    sum(batches, b -> isOther.test(b) ? y[b] : 0)
                        * sum(batches, b -> isOther.test(b) ? z[b] : 0));
        assertThat(without[g]).isEqualTo(ratio, within(1e-9));
      }
    }
  }

  private static float[] symmetric(Random random) {
    float[] products = new float[ROWS * ROWS];
    for (int i = 0; i < ROWS; i++) {
      for (int j = i; j < ROWS; j++) {
        products[i * ROWS + j] = (float) random.nextDouble(-1, 1);
        products[j * ROWS + i] = products[i * ROWS + j];
      }
    }
    return products;
  }

  private static double sum(int count, IntToDoubleFunction number) {
    double sum = 0;
    for (int k = 0; k < count; k++) {
      sum += number.applyAsDouble(k);
    }
    return sum;
  }

  @Test
  void hsicIsTheProductOfNormsAndCosineOverNTimesNMinusThree() {
    HsicSums sums =
        HsicSums.empty(1, 2)
            .add(new double[] {0.5, -0.25}, new double[] {6}, new double[] {2, 8}, 5)
            .add(new double[] {1, 0}, new double[] {2}, new double[] {4, 1}, 4);

    assertThat(sums.hsic(0, 0)).isEqualTo(0.5 * 6 * 2 / 10 + 2 * 4 / 4.0, within(1e-14));
    assertThat(sums.hsic(0, 1)).isEqualTo(-0.25 * 6 * 8 / 10, within(1e-14));
    assertThat(sums.rowHsic(0)).isEqualTo(36 / 10.0 + 1, within(1e-14));
    assertThat(sums.columnHsic(1)).isEqualTo(64 / 10.0 + 1 / 4.0, within(1e-14));
    assertThat(sums.examples()).isEqualTo(9);
  }

  @Test
  void travelsAndComesBack() throws Exception {
    byte[] bytes = bytes(addAll(batches(new Random(5), 2)));

    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      assertThat(bytes((HsicSums) in.readObject())).isEqualTo(bytes);
    }
  }

  @Test
  void refusesWhatIsNoBatchOfItsShape() {
    HsicSums sums = HsicSums.empty(1, 1);
    double[] one = {1};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sums.add(new double[2], one, one, 4))
        .withMessage("Invalid number of products: 2 (must be 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sums.add(one, new double[2], one, 4))
        .withMessage("Invalid number of row norms: 2 (must be 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sums.add(one, one, new double[2], 4))
        .withMessage("Invalid number of column norms: 2 (must be 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sums.add(new double[] {37.5}, one, one, 4))
        .withMessage("Invalid product of unit vectors: 37.5 (must be in [-1, 1] up to rounding)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sums.add(new double[] {Double.NaN}, one, one, 4))
        .withMessage("Invalid product of unit vectors: NaN (must be in [-1, 1] up to rounding)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sums.add(one, new double[] {Double.NaN}, one, 4))
        .withMessage("Invalid norm: NaN (must be finite and not negative)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HsicSums.empty(0, 2))
        .withMessage("Invalid rectangle of pairs: 0 x 2 (must be at least 1 x 1)");
    assertThat(bytes(sums)).isEqualTo(bytes(HsicSums.empty(1, 1)));
  }

  private static List<Batch> batches(Random random, int count) {
    return random
        .ints(count, 4, 40)
        .mapToObj(
            n ->
                new Batch(
                    random.doubles(ROWS * COLUMNS, -1, 1).toArray(),
                    random.doubles(ROWS, 0, 100).toArray(),
                    random.doubles(COLUMNS, 0, 100).toArray(),
                    n))
        .toList();
  }

  private static HsicSums addAll(List<Batch> batches) {
    HsicSums sums = HsicSums.empty(ROWS, COLUMNS);
    for (Batch batch : batches) {
      sums.add(batch.cosines, batch.rowNorms, batch.columnNorms, batch.n);
    }
    return sums;
  }

  private static double scale(HsicSums sums) {
    double largest = 0;
    for (int i = 0; i < ROWS; i++) {
      largest = Math.max(largest, sums.rowHsic(i));
    }
    for (int j = 0; j < COLUMNS; j++) {
      largest = Math.max(largest, sums.columnHsic(j));
    }
    return 1 + largest * largest;
  }

  private static byte[] bytes(HsicSums sums) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sums);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  /** What {@link HsicSums#add} takes. */
  private static final class Batch {
    private final double[] cosines;
    private final double[] rowNorms;
    private final double[] columnNorms;
    private final int n;

    Batch(double[] cosines, double[] rowNorms, double[] columnNorms, int n) {
      this.cosines = cosines;
      this.rowNorms = rowNorms;
      this.columnNorms = columnNorms;
      this.n = n;
    }
  }
}
