package io.similitude.similarity.measure;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Whether a similarity has a value, and if not, why. */
public enum Status {
  /** The value exists. */
  OK("ok"),
  /** An HSIC under the square root is negative. */
  NEGATIVE_HSIC("negative-hsic"),
  /** A layer gives every example the same features, up to rounding. */
  CONSTANT_LAYER("constant-layer"),
  /**
   * The directions of a representation fill the space of examples. Then any two representations
   * correlate perfectly. Or the representation has at least as many features as examples, and
   * directions that rounding hides may fill the space.
   */
  MORE_FEATURES_THAN_EXAMPLES("more-features-than-examples"),
  /** A batch has too few examples for the measure. */
  TOO_FEW_EXAMPLES("too-few-examples"),
  /** The measure needs activations, and only Gram matrices were kept: {@code activations: full}. */
  ACTIVATIONS_NOT_KEPT("activations-not-kept"),
  /**
   * The bandwidth of an RBF kernel is too narrow: on some batch, no two examples are near enough
   * for a value in the range of float64.
   */
  BANDWIDTH_TOO_NARROW("bandwidth-too-narrow"),
  /** The given representations explain a representation completely. */
  EXPLAINED_BY_GIVEN("explained-by-given"),
  /** The pair was not measured. No row of a table has this status, but a cell of a heatmap can. */
  NOT_COMPARED("not-compared");

  private final String label;

  Status(String label) {
    this.label = label;
  }

  /** The word in the tables. */
  public String label() {
    return label;
  }

  /**
   * The status with this label.
   *
   * @throws IllegalArgumentException if there is none; the message lists the known labels
   */
  public static Status labelled(String label) {
    return Arrays.stream(values())
        .filter(status -> status.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid status: " + label + " (must be one of " + labels() + ")"));
  }

  private static String labels() {
    return Arrays.stream(values()).map(Status::label).collect(Collectors.joining(", "));
  }
}
