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
   * The directions of a representation fill the space of examples, in which any two correlate
   * perfectly; or it has as many features as examples, and directions that rounding hides may.
   */
  MORE_FEATURES_THAN_EXAMPLES("more-features-than-examples"),
  /** A batch has too few examples for the measure. */
  TOO_FEW_EXAMPLES("too-few-examples"),
  /** The measure needs activations, and only Gram matrices were kept: {@code activations: full}. */
  ACTIVATIONS_NOT_KEPT("activations-not-kept"),
  /**
   * The bandwidth of an RBF kernel is so narrow that on some batch no two examples are near enough
   * for a number in float64.
   */
  BANDWIDTH_TOO_NARROW("bandwidth-too-narrow"),
  /** What is given leaves nothing of a representation. */
  EXPLAINED_BY_GIVEN("explained-by-given"),
  /** Nobody measured the pair: no row of a table says so, but a heatmap has a cell for it. */
  NOT_COMPARED("not-compared");

  private final String label;

  Status(String label) {
    this.label = label;
  }

  /** The word that stands in the tables. */
  public String label() {
    return label;
  }

  /**
   * The status of a label.
   *
   * @throws IllegalArgumentException if there is none; the message lists the known ones
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
