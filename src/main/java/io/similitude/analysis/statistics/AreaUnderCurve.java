package io.similitude.analysis.statistics;

import java.util.OptionalDouble;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/** How well a number separates two kinds of examples: the area under the ROC curve. */
public final class AreaUnderCurve {
  private AreaUnderCurve() {}

  /**
   * The probability that the number of a positive example is larger than that of a negative one,
   * where ties count half; empty if all examples are of one kind.
   */
  public static OptionalDouble of(double[] numbers, boolean[] positive) {
    double[] ranks = new NaturalRanking().rank(numbers);
    double sum = 0;
    double count = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (positive[i]) {
        sum += ranks[i];
        count++;
      }
    }
    double others = numbers.length - count;
    return count == 0 || others == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((sum - count * (count + 1) / 2) / (count * others));
  }
}
