package io.similitude.similarity.measure;

import java.io.Serializable;
import java.util.OptionalDouble;
import org.apache.commons.numbers.gamma.Erfc;

/**
 * The statistical evidence for a similarity, beyond its standard error by the delta method. A part
 * that does not exist, or does not apply to the measure, is absent.
 *
 * @param jackknifeError the standard error by the {@link Jackknife} over batches
 * @param zScore the sum of HSIC over its standard deviation under the {@link PermutationNull}
 * @param pValue the probability of at least this value under that null, from its first three
 *     moments
 * @param qValue the smallest false discovery rate at which the pair is significant, among all pairs
 *     of the measure in the table: see {@code PValues}
 */
public record Significance(
    OptionalDouble jackknifeError,
    OptionalDouble zScore,
    OptionalDouble pValue,
    OptionalDouble qValue)
    implements Serializable {
  /** No evidence. */
  public static final Significance NONE =
      new Significance(
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());

  public Significance {
    require("jackknife error", jackknifeError, 0, Double.MAX_VALUE);
    require("z-score", zScore, -Double.MAX_VALUE, Double.MAX_VALUE);
    require("p-value", pValue, 0, 1);
    require("q-value", qValue, 0, 1);
  }

  /** The evidence for a pair of two different representations, before the table is complete. */
  public static Significance ofPair(
      OptionalDouble jackknifeError, NullSums.Moments moments, double hsic) {
    if (!(moments.variance() > 0)) {
      return withoutNull(jackknifeError);
    }
    return new Significance(
        jackknifeError,
        OptionalDouble.of(hsic / Math.sqrt(moments.variance())),
        OptionalDouble.of(moments.pValue(hsic)),
        OptionalDouble.empty());
  }

  /** The evidence if the measure has no null distribution, or if the pair tests no hypothesis. */
  public static Significance withoutNull(OptionalDouble jackknifeError) {
    return new Significance(
        jackknifeError, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
  }

  private static void require(String what, OptionalDouble number, double least, double most) {
    if (number.isPresent() && !(number.getAsDouble() >= least && number.getAsDouble() <= most)) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (must be from %s to %s, or absent)"
              .formatted(what, number.getAsDouble(), least, most));
    }
  }

  private Object writeReplace() {
    return new Serialized(number(jackknifeError), number(zScore), number(pValue), number(qValue));
  }

  private static double number(OptionalDouble number) {
    return number.orElse(Double.NaN);
  }

  /** The serialized form, with NaN for absent parts: an Optional is not serializable. */
  private record Serialized(double jackknifeError, double zScore, double pValue, double qValue)
      implements Serializable {
    private Object readResolve() {
      return new Significance(
          optional(jackknifeError), optional(zScore), optional(pValue), optional(qValue));
    }

    private static OptionalDouble optional(double number) {
      return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
    }
  }

  /** The upper tail Q(z) = erfc(z / sqrt 2) / 2 of the standard normal distribution. */
  static final class NormalTail {
    private NormalTail() {}

    static double above(double z) {
      if (Double.isNaN(z)) {
        throw new IllegalArgumentException("Invalid z-score: NaN (must be a number)");
      }
      return 0.5 * Erfc.value(z / Math.sqrt(2));
    }
  }
}
