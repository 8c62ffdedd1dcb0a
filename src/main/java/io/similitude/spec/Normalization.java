package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import io.similitude.spec.key.Fingerprinted;
import io.similitude.spec.key.Keyword;
import java.io.Serializable;
import java.util.List;

/**
 * The normalisation of a network's input before its first module: (pixel - mean) / std, by channel.
 * It is inside the network, so that an attack works on pixels in [0, 1].
 *
 * @param source the source of the mean and the deviation
 * @param mean for each channel; empty: none are known, and the network takes pixels as they are
 * @param std for each channel, above 0
 */
public record Normalization(Source source, List<Double> mean, List<Double> std)
    implements Fingerprinted, Serializable {
  /** The source of a mean and a deviation. */
  public enum Source implements Keyword {
    /** The spec does not say. If the checkpoint's file has them, they are used. */
    UNSAID("unsaid"),
    /** The checkpoint's file. It must have them if the numbers are not known yet. */
    CHECKPOINT("checkpoint"),
    /** The spec. */
    SPEC("spec");

    private final String keyword;

    Source(String keyword) {
      this.keyword = keyword;
    }

    @Override
    public String keyword() {
      return keyword;
    }
  }

  /** No normalisation, unless a checkpoint has one. */
  public static final Normalization NONE = of(Source.UNSAID);

  public Normalization {
    requireNonNull(source, "source");
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != std.size()) {
      throw new IllegalArgumentException(
          "Invalid std: " + std + " (must be as many as the mean has, " + mean.size() + ")");
    }
    mean.forEach(value -> require("mean", value, isMean(value)));
    std.forEach(value -> require("std", value, isStd(value)));
  }

  /** A normalisation from the spec. */
  public Normalization(List<Double> mean, List<Double> std) {
    this(mean.isEmpty() ? Source.UNSAID : Source.SPEC, mean, std);
  }

  /** A normalisation whose numbers are not known, or that has none. */
  public static Normalization of(Source source) {
    return new Normalization(source, List.of(), List.of());
  }

  /** Whether pixels are not normalised, as far as is known. */
  public boolean isNone() {
    return mean.isEmpty();
  }

  /** Whether the numbers come, or must come, from the checkpoint's file. */
  public boolean isFromCheckpoint() {
    return source == Source.CHECKPOINT;
  }

  @Override
  public String fingerprint() {
    return "%s mean=%s std=%s".formatted(source.keyword(), bits(mean), bits(std));
  }

  public static boolean isMean(double value) {
    return Double.isFinite(value);
  }

  public static boolean isStd(double value) {
    return value > 0 && Double.isFinite(value);
  }

  private static List<String> bits(List<Double> numbers) {
    return numbers.stream().map(Double::toHexString).toList();
  }

  private static void require(String noun, double value, boolean valid) {
    if (!valid) {
      throw new IllegalArgumentException("Invalid " + noun + ": " + value);
    }
  }

  /** {@code {mean: [0.5], std: [0.25]}}. */
  @Override
  public String toString() {
    return isNone() ? source.keyword() : "{mean: " + mean + ", std: " + std + "}";
  }
}
