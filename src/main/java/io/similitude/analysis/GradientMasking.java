package io.similitude.analysis;

/**
 * The number of examples for which an attack found no gradient to follow. The network masks the
 * gradient.
 *
 * @param zero examples whose gradient was zero everywhere
 * @param notFinite examples whose gradient or logits were infinite or not a number
 * @param examples all examples of the view
 */
public record GradientMasking(long zero, long notFinite, long examples) {
  /** From this share on, an attack says little about a network. */
  private static final double MUCH = 0.1;

  public GradientMasking {
    if (zero < 0 || notFinite < 0 || zero + notFinite > examples || examples == 0) {
      throw new IllegalArgumentException(
          "Invalid masking: %d zero and %d not finite of %d examples"
              .formatted(zero, notFinite, examples));
    }
  }

  /** The share of examples without a usable gradient. */
  public double share() {
    return (double) (zero + notFinite) / examples;
  }

  /** Whether so many examples have no usable gradient that accuracies under the attack mislead. */
  public boolean isMuch() {
    return share() >= MUCH;
  }
}
