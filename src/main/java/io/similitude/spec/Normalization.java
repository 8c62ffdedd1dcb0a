package io.similitude.spec;

import java.io.Serializable;
import java.util.List;

/**
 * How a network normalises its input before its first module: (pixel - mean) / std, by channel.
 * Inside the network, so that an attack sees pixels in [0, 1].
 *
 * @param mean for each channel; empty: the network takes pixels as they are
 * @param std for each channel, above 0
 */
public record Normalization(List<Double> mean, List<Double> std) implements Serializable {
  /** Pixels as they are. */
  public static final Normalization NONE = new Normalization(List.of(), List.of());

  public Normalization {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != std.size()) {
      throw new IllegalArgumentException(
          "Invalid std: " + std + " (must be as many as the mean has, " + mean.size() + ")");
    }
    mean.forEach(value -> require("mean", value, isMean(value)));
    std.forEach(value -> require("std", value, isStd(value)));
  }

  public boolean isNone() {
    return mean.isEmpty();
  }

  public static boolean isMean(double value) {
    return Double.isFinite(value);
  }

  public static boolean isStd(double value) {
    return value > 0 && Double.isFinite(value);
  }

  private static void require(String noun, double value, boolean valid) {
    if (!valid) {
      throw new IllegalArgumentException("Invalid " + noun + ": " + value);
    }
  }
}
