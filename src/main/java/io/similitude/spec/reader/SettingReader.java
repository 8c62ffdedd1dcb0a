package io.similitude.spec.reader;

import io.similitude.spec.measure.Kernel;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;
import java.util.Optional;

/** Reads the value of a {@link Setting}. */
final class SettingReader {
  private SettingReader() {}

  static Optional<?> read(Setting setting, SpecValue value) {
    return switch (setting) {
      case KERNEL -> value.choice(Kernel.class);
      case BANDWIDTH ->
          value.number("a number above 0", x -> x > 0 && x < Double.POSITIVE_INFINITY);
      case DEGREE -> value.between(1, 16);
      case OFFSET ->
          value.number("a number, at least 0", x -> x >= 0 && x < Double.POSITIVE_INFINITY);
      case ESTIMATOR -> value.choice(MeasureSpec.Estimator.class);
      case BIAS -> value.choice(MeasureSpec.Bias.class);
      case VARIANCE ->
          value.number("a number above 0 and at most 1, such as 0.99", x -> x > 0 && x <= 1);
      case RANK, NEIGHBOURS, PASSES -> value.atLeast(1);
      case DISSIMILARITY -> value.choice(MeasureSpec.Dissimilarity.class);
      case CORRELATION -> value.choice(MeasureSpec.Correlation.class);
      case GIVEN -> GivenReader.read(value);
    };
  }
}
