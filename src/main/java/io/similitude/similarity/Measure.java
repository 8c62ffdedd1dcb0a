package io.similitude.similarity;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is measured and how; a part that a metric does not have is empty.
 *
 * @param parameters its other settings, such as {@code bandwidth=0.5}
 */
public record Measure(
    String metric, String kernel, String estimator, String bias, String parameters)
    implements Serializable {
  public Measure {
    Objects.requireNonNull(metric);
    Objects.requireNonNull(kernel);
    Objects.requireNonNull(estimator);
    Objects.requireNonNull(bias);
    Objects.requireNonNull(parameters);
  }

  /** A measure without other settings. */
  public Measure(String metric, String kernel, String estimator, String bias) {
    this(metric, kernel, estimator, bias, "");
  }

  /** For people: {@code CKA (linear, minibatch, unbiased)}. */
  public String title() {
    String how =
        Stream.of(kernel, estimator, bias, parameters)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", "));
    String name = metric.toUpperCase(Locale.ROOT);
    return how.isEmpty() ? name : name + " (" + how + ")";
  }
}
