package io.similitude.spec.reader;

import io.similitude.spec.Normalization;
import io.similitude.spec.Normalization.Source;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads {@code normalize:}. */
final class NormalizationReader {
  private NormalizationReader() {}

  /** A mean and a deviation, or the word {@code checkpoint}. */
  static Normalization read(SpecValue normalize) {
    Optional<Normalization> read =
        normalize.isMapping()
            ? normalize.section("normalize").flatMap(NormalizationReader::numbers)
            : normalize.text().flatMap(word -> word(word, normalize));
    return read.orElse(Normalization.NONE);
  }

  private static Optional<Normalization> word(String word, SpecValue normalize) {
    if (word.equals(Source.CHECKPOINT.keyword())) {
      return Optional.of(Normalization.of(Source.CHECKPOINT));
    }
    normalize.refuse("must be a mapping of mean and std, or checkpoint");
    return Optional.empty();
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
