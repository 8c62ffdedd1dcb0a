package io.similitude.attack.search;

import io.similitude.spec.key.Keyword;
import java.util.List;

/** The norm that measures a perturbation. */
public enum Norm implements Keyword {
  LINF,
  L2,
  L1;

  /** The norm that a parameter names. */
  public static Norm of(AttackParameters parameters, List<Norm> known, Norm absent) {
    List<String> words = known.stream().map(Norm::keyword).toList();
    return known.get(words.indexOf(parameters.word("norm", words, absent.keyword())));
  }

  /** The ball of a radius. For l1, a step changes the given share of the variables. */
  public Ball ball(double epsilon, double share) {
    float radius = (float) epsilon;
    return switch (this) {
      case LINF -> new LinfBall(radius);
      case L2 -> new L2Ball(radius);
      case L1 -> new L1Ball(radius, share);
    };
  }

  /**
   * The budget for a change of pixels. It is at most 1 for the norm of single pixels. For sums
   * there is no limit.
   */
  public double pixelEpsilon(AttackParameters parameters) {
    return this == LINF ? parameters.pixelEpsilon() : parameters.epsilon();
  }
}
