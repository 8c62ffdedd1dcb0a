package io.similitude.attack;

import io.similitude.attack.search.Search;

/**
 * The search for one example, with what the network answered. A network that gives this example
 * values that are not finite costs this example's attack, and nobody else's.
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

  /** Where it looks next; at the end, its result. */
  float[] image() {
    return abandoned ? unperturbed : search.image();
  }

  /** The gradient by the logits; zero where logits that are not finite leave nothing to follow. */
  float[] objectiveGradient(float[] logits) {
    return isFinite(logits) ? search.objectiveGradient(logits) : new float[logits.length];
  }

  /**
   * What the network makes of {@link #image}.
   *
   * @param gradient by the pixels, taken over; empty unless wanted
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
