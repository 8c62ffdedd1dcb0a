package io.similitude.similarity.measure;

import io.similitude.spec.measure.Measure;
import io.similitude.spec.measure.Scale;
import io.similitude.spec.measure.Setting;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns of a table that name a measure and its settings. A part that a metric does not have
 * is empty.
 *
 * @param parameters the other settings, such as {@code bandwidth=0.5}
 */
public record MeasureColumns(
    String metric, String kernel, String estimator, String bias, String parameters)
    implements Serializable {
  public MeasureColumns {
    Objects.requireNonNull(metric);
    Objects.requireNonNull(kernel);
    Objects.requireNonNull(estimator);
    Objects.requireNonNull(bias);
    Objects.requireNonNull(parameters);
  }

  /** A measure without other settings. */
  public MeasureColumns(String metric, String kernel, String estimator, String bias) {
    this(metric, kernel, estimator, bias, "");
  }

  /** The proper name and all settings: {@code CKA (linear, minibatch, unbiased)}. */
  public String title() {
    String how =
        Stream.of(kernel, estimator, bias, parameters)
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", "));
    return how.isEmpty() ? name() : name() + " (" + how + ")";
  }

  /**
   * The proper name alone: {@code Partial CKA}. An unknown metric is named by its word in the spec.
   */
  public String name() {
    String name = known().map(Measure::title).orElse(metric);
    return isPartial() ? "Partial " + name : name;
  }

  /** The title of an axis: the proper name, and the unit if there is one. */
  public String axisTitle() {
    return scale().unit().isEmpty() ? name() : name() + " (" + scale().unit() + ")";
  }

  /**
   * The direction and the range of the values. A partial measure estimates a partial correlation,
   * which can be negative. An unknown metric counts as a similarity.
   */
  public Scale scale() {
    return isPartial() ? Scale.CORRELATION : known().map(Measure::scale).orElse(Scale.SIMILARITY);
  }

  private boolean isPartial() {
    return Arrays.stream(parameters.split(", "))
        .anyMatch(parameter -> parameter.startsWith(Setting.GIVEN.keyword() + "="));
  }

  private Optional<Measure> known() {
    return Arrays.stream(Measure.values()).filter(it -> it.keyword().equals(metric)).findFirst();
  }
}
