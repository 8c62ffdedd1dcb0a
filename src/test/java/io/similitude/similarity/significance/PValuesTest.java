package io.similitude.similarity.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class PValuesTest {
  /** Of a p-value with 16 bits of mantissa, and what rounding adds. */
  private static final double RESOLUTION = 0x1p-16 + 1e-14;

  /** Under the least normal number the mantissa is shorter; times 300 of them. */
  private static final double SUBNORMAL = 300 * 0x1p-1074 * (1L << 36);

  @Property(tries = 200)
  void qValuesAreThoseOfAllPValuesTogetherUpToTheirResolution(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int count) {
    double[] p = pValues(new Random(seed), count);
    double[] exact = FalseDiscovery.qValues(p);
    QValues all = PValues.of(p, count).qValues();

    for (int i = 0; i < count; i++) {
      assertThat(all.of(p[i])).isBetween(exact[i], exact[i] * (1 + RESOLUTION) + SUBNORMAL);
    }
  }

  @Property(tries = 100)
  void anyCutAndOrderOfATableGivesTheSameBits(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int count) {
    Random random = new Random(seed);
    double[] p = pValues(random, count);
    PValues whole = PValues.of(p, count);
    PValues parts = PValues.empty();
    for (int from = 0, to; from < count; from = to) {
      to = Math.min(count, from + 1 + random.nextInt(9));
      double[] part = Arrays.copyOfRange(p, from, to);
      PValues next = PValues.of(part, part.length);
      parts = random.nextBoolean() ? parts.combine(next) : next.combine(parts);
    }

    assertThat(parts.count()).isEqualTo(count);
    QValues ofParts = parts.qValues();
    QValues ofWhole = whole.qValues();
    for (double one : p) {
      assertThat(ofParts.of(one)).isEqualTo(ofWhole.of(one));
    }
  }

  @Property(tries = 100)
  void travelsInAFewBytes(@ForAll long seed, @ForAll @IntRange(max = 300) int count)
      throws IOException, ClassNotFoundException {
    double[] p = pValues(new Random(seed), count);
    PValues all = PValues.of(p, count);
    for (int doubled = 0; doubled < seed % 40; doubled++) {
      all = all.combine(all);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(all);
    }
    PValues read;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      read = (PValues) in.readObject();
    }

    assertThat(read.count()).isEqualTo(all.count());
    QValues expected = all.qValues();
    QValues actual = read.qValues();
    for (double one : p) {
      assertThat(actual.of(one)).isEqualTo(expected.of(one));
    }
    // A distance is under 2^28, and a count under 2^56 is at most eight bytes of seven bits.
    assertThat(bytes.size()).isLessThan(400 + 12 * count);
  }

  @Test
  void theEndsOfTheRangeAreExact() {
    QValues ends = PValues.of(new double[] {1, 0, 0, Double.MIN_VALUE}, 4).qValues();

    assertThat(ends.of(0)).isZero();
    assertThat(ends.of(1)).isEqualTo(1);
    assertThat(ends.of(Double.MIN_VALUE)).isBetween(Double.MIN_VALUE, 1e-300);
  }

  @Test
  void refusesWhatIsNoPValueOfTheTable() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PValues.of(new double[] {Double.NaN}, 1))
        .withMessage("Invalid p-value: NaN (must be between 0 and 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PValues.empty().qValues().of(0.5))
        .withMessage("Invalid p-value: 0.5 (must be one counted)");
  }

  /** Some of them far below what a float32 holds, and some twice. */
  private static double[] pValues(Random random, int count) {
    double[] p = new double[count];
    for (int i = 0; i < count; i++) {
      p[i] =
          i > 0 && random.nextInt(5) == 0
              ? p[random.nextInt(i)]
              : Math.pow(random.nextDouble(), random.nextInt(4) == 0 ? 200 : 1);
    }
    return p;
  }
}
