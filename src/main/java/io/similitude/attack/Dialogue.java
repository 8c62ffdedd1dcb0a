package io.similitude.attack;

import io.similitude.attack.search.Search;

/**
 * The search for one example, with the network's answers. If the network gives values that are not
 * finite for this example, only this example's attack fails.
 */
final class Dialogue {
  private final long id;
  private final Search search;
  private final float[] unperturbed;
  private boolean asked;
  private boolean directed;
  private boolean finite = true;
  private boolean abandoned;

  Dialogue(long id, Search search, float[] unperturbed) {
    this.id = id;
    this.search = search;
    this.unperturbed = unperturbed;
  }

  long id() {
    return id;
  }

  boolean isOpen() {
    return !abandoned && !search.isDone();
  }

  boolean wantsGradient() {
    return search.wantsGradient();
  }

  /** The image to evaluate next; at the end, the result. */
  float[] image() {
    return abandoned ? unperturbed : search.image();
  }

  /**
   * The gradient by the logits. It is zero if the logits are not finite, because then there is no
   * direction.
   */
  float[] objectiveGradient(float[] logits) {
    return isFinite(logits) ? search.objectiveGradient(logits) : new float[logits.length];
  }

  /**
   * Takes the network's answer for {@link #image}.
   *
   * @param gradient by the pixels, used without a copy; empty unless wanted
   */
  void look(float[] logits, float[] gradient) {
    if (!isFinite(logits)) {
      finite = false;
      abandoned = true;
      return;
    }
    note(gradient);
    search.look(logits, gradient);
  }

  private void note(float[] gradient) {
    asked |= gradient.length > 0;
    for (int i = 0; i < gradient.length; i++) {
      if (!Float.isFinite(gradient[i])) {
        finite = false;
        gradient[i] = 0;
      }
      directed |= gradient[i] != 0;
    }
  }

  GradientState gradient() {
    if (!finite) {
      return GradientState.NOT_FINITE;
    }
    if (!asked) {
      return GradientState.UNUSED;
    }
    return directed ? GradientState.USABLE : GradientState.ZERO;
  }

  private static boolean isFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
