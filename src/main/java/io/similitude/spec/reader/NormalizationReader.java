package io.similitude.spec.reader;

import io.similitude.spec.Normalization;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads {@code normalize:}. */
final class NormalizationReader {
  private NormalizationReader() {}

  static Normalization read(SpecValue normalize) {
    return normalize
        .section("normalize")
        .flatMap(NormalizationReader::numbers)
        .orElse(Normalization.NONE);
  }

  private static Optional<Normalization> numbers(Section normalize) {
    List<SpecValue> means = normalize.required("mean").someItems();
    SpecValue std = normalize.required("std");
    List<SpecValue> stds = std.someItems();
    List<Double> mean = numbers(means, "a number", Normalization::isMean);
    List<Double> deviation = numbers(stds, "a number above 0", Normalization::isStd);
    if (!means.isEmpty() && !stds.isEmpty() && means.size() != stds.size()) {
      std.refuse("must be as many as the mean has, " + means.size());
    }
    return normalize.build(() -> new Normalization(mean, deviation));
  }

  private static List<Double> numbers(
      List<SpecValue> items, String mustBe, Predicate<Double> rule) {
    return items.stream().map(item -> item.number(mustBe, rule)).flatMap(Optional::stream).toList();
  }
}
