package io.similitude.report;

import io.similitude.similarity.measure.Status;
import java.util.EnumMap;
import java.util.Map;

/** The reasons why a value does not exist, as text. */
final class StatusReasons {
  private StatusReasons() {}

  /** The reason for every status except ok. */
  static Map<Status, String> all() {
    Map<Status, String> reasons = new EnumMap<>(Status.class);
    for (Status status : Status.values()) {
      if (status != Status.OK) {
        reasons.put(status, of(status));
      }
    }
    return reasons;
  }

  private static String of(Status status) {
    return switch (status) {
      case CONSTANT_LAYER -> "the layer gives every example the same features";
      case NEGATIVE_HSIC -> "an HSIC under the square root is negative";
      case NOT_COMPARED -> "this pair was not compared";
      case MORE_FEATURES_THAN_EXAMPLES -> "there are more features than examples";
      case TOO_FEW_EXAMPLES -> "a batch has too few examples for the measure";
      case ACTIVATIONS_NOT_KEPT -> "only Gram matrices were kept; activations: full keeps more";
      case BANDWIDTH_TOO_NARROW -> "no two examples of a batch are near enough for this bandwidth";
      case EXPLAINED_BY_GIVEN -> "what is given leaves nothing of a representation";
      default -> status.label().replace('-', ' ');
    };
  }
}
