package io.similitude.analysis;

/**
 * The size of the perturbations that an attack actually used, over the examples of a view.
 *
 * @param largestLinf the largest change of any pixel of any example, in units of the range [0, 1]
 * @param meanL2 the mean over examples of the Euclidean norm of their change, in the same units
 */
public record PerturbationSize(double largestLinf, double meanL2) {
  public PerturbationSize {
    requireSize("largest l_inf", largestLinf);
    requireSize("mean l_2", meanL2);
  }

  private static void requireSize(String what, double size) {
    if (!(size >= 0 && size < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Invalid %s of perturbations: %s (must be finite, at least 0)".formatted(what, size));
    }
  }
}
