package io.similitude.extraction;

import io.similitude.dataset.Examples;

/**
 * The size of the change that a view made in one example, in pixels of [0, 1].
 *
 * @param linf the largest change of a value
 * @param l2 the Euclidean norm of the change
 */
record Perturbation(float linf, float l2) {
  static Perturbation of(Examples before, Examples after, int example) {
    int size = before.shape().size();
    float largest = 0;
    double squares = 0;
    for (int i = example * size; i < (example + 1) * size; i++) {
      float change = Math.abs(after.pixels()[i] - before.pixels()[i]);
      largest = Math.max(largest, change);
      squares += (double) change * change;
    }
    return new Perturbation(largest, (float) Math.sqrt(squares));
  }
}
