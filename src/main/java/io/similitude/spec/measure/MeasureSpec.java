package io.similitude.spec.measure;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.similitude.spec.key.Fingerprinted;
import io.similitude.spec.key.Keyword;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A measure that is computed for every compared pair.
 *
 * @param metric the measure
 * @param settings the settings of the metric and its kernel, with defaults filled in: each a {@link
 *     Keyword}, an {@link Integer}, a {@link Double} or a list of texts, as {@link Setting} says
 */
public record MeasureSpec(Measure metric, Map<Setting, Object> settings)
    implements Serializable, Fingerprinted {
  /** Linear minibatch CKA with the unbiased HSIC_1. */
  public static final MeasureSpec CKA = of(Measure.CKA, Map.of());

  public MeasureSpec {
    requireNonNull(metric, "metric");
    EnumMap<Setting, Object> copy = new EnumMap<>(Setting.class);
    copy.putAll(settings);
    settings = Collections.unmodifiableMap(copy);
  }

  /** A measure with the default value of every setting that is not given. */
  public static MeasureSpec of(Measure metric, Map<Setting, Object> given) {
    Map<Setting, Object> settings = new EnumMap<>(Setting.class);
    metric.settings().forEach(setting -> put(settings, setting, metric, given));
    if (settings.get(Setting.KERNEL) instanceof Kernel kernel) {
      kernel.settings().forEach(setting -> put(settings, setting, metric, given));
    }
    if (settings.containsKey(Setting.RANK)) {
      settings.remove(Setting.VARIANCE);
    }
    if (!settings.keySet().containsAll(given.keySet())) {
      throw new IllegalArgumentException(
          "Invalid settings: %s (%s has %s)"
              .formatted(given.keySet(), metric.keyword(), settings.keySet()));
    }
    // The measure is the same if this value is written or left out.
    settings.remove(Setting.PASSES, 1);
    return new MeasureSpec(metric, settings);
  }

  /** A setting that is a word, such as {@code setting(KERNEL, Kernel.class)}. */
  public <T> T setting(Setting setting, Class<T> type) {
    return find(setting, type)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid setting: %s has no %s"
                        .formatted(metric.keyword(), setting.keyword())));
  }

  /** A setting that may be absent. */
  public <T> Optional<T> find(Setting setting, Class<T> type) {
    return Optional.ofNullable(settings.get(setting)).map(type::cast);
  }

  /** The names of the representations that are partialled out. Usually there are none. */
  @SuppressWarnings("unchecked") // GivenReader makes it
  public List<String> given() {
    return (List<String>) settings.getOrDefault(Setting.GIVEN, List.of());
  }

  /** Whether it partials out a representation of one of these views. */
  public boolean isGivenAny(List<String> views) {
    return given().stream()
        .map(name -> name.split("/", 3))
        .anyMatch(parts -> parts.length > 1 && views.contains(parts[1]));
  }

  /** The number of passes over all examples. */
  public int passes() {
    return find(Setting.PASSES, Integer.class).orElse(1);
  }

  /** Whether it uses all examples together. */
  public boolean isExact() {
    return settings.get(Setting.ESTIMATOR) == Estimator.EXACT;
  }

  /** The metric's word, then each setting with its value, by the settings' words. */
  @Override
  public String fingerprint() {
    return settings.entrySet().stream()
        .map(entry -> " " + entry.getKey().keyword() + "=" + text(entry.getValue()))
        .sorted()
        .collect(joining("", metric.keyword(), ""));
  }

  private static String text(Object value) {
    if (value instanceof Keyword word) {
      return word.keyword();
    } else if (value instanceof Double number) {
      return Double.toHexString(number);
    } else if (value instanceof Integer number) {
      return number.toString();
    } else if (value instanceof List<?> texts) {
      return texts.stream()
          .map(String.class::cast)
          .map(each -> each.length() + ":" + each)
          .collect(joining(","));
    }
    throw new IllegalStateException("A setting is a " + value.getClass());
  }

  private static void put(
      Map<Setting, Object> settings, Setting setting, Measure metric, Map<Setting, Object> given) {
    Object usual = setting == Setting.BIAS ? metric.usualBias() : setting.usual().orElse(null);
    Object value = given.getOrDefault(setting, usual);
    if (value != null) {
      settings.put(setting, value);
    }
  }

  private Object writeReplace() {
    EnumMap<Setting, Object> copy = new EnumMap<>(Setting.class);
    copy.putAll(settings);
    return new Serialized(metric, copy);
  }

  /** The serialized form, with a serializable map. */
  private record Serialized(Measure metric, EnumMap<Setting, Object> settings)
      implements Serializable {
    private Object readResolve() {
      return new MeasureSpec(metric, settings);
    }
  }

  /** The estimator of dependence on a batch. */
  public enum Bias implements Keyword {
    /** For HSIC this is HSIC_1 (Song et al. 2012). It needs four examples and may be negative. */
    UNBIASED,
    /** For HSIC this is HSIC_0 (Gretton et al. 2005). It grows with features per example. */
    BIASED
  }

  /** The correlation of two sets of dissimilarities. */
  public enum Correlation implements Keyword {
    /** The correlation of ranks. Ties get the mean of their ranks. */
    SPEARMAN,
    /** The correlation of the numbers themselves. */
    PEARSON
  }

  /**
   * The dissimilarity of two examples in a representation whose features are centred within the
   * batch.
   */
  public enum Dissimilarity implements Keyword {
    /** The distance of their features. */
    EUCLIDEAN,
    /** One less the cosine of the angle between their features. */
    COSINE
  }

  /** The way in which the examples of a sweep give one estimate. */
  public enum Estimator implements Keyword {
    /**
     * One estimate from all batches. For HSIC it is one ratio of the sums over batches (Nguyen et
     * al. 2021). For other measures it is the mean.
     */
    MINIBATCH,
    /** All examples at once, as if they were one batch. */
    EXACT
  }
}
