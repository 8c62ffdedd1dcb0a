package io.similitude.similarity.gram;

/**
 * Whether features are the same for all examples, but for their rounding: whether the squares of
 * what the centring leaves are a vanishing fraction of the squares before it.
 *
 * <p>Features that float32 holds count as float32, whatever the type of the file: a fraction of
 * 2<sup>-44</sup> is a spread of 2<sup>-22</sup>, four units in the last place. It is what is left
 * of a constant by float32 arithmetic: of a 0.5 that differs from example to example in its last
 * bit. Other features are float64: the fraction is (n 2<sup>-52</sup>)&sup2;, the rounding of their
 * mean.
 */
public final class Constancy {
  /** Of features in float32. */
  private static final double FLOAT32 = 0x1p-44;

  private final int n;
  private boolean fitsFloat32 = true;
  private double squares;
  private double spread;

  /**
   * @param n how many examples there are
   */
  Constancy(int n) {
    this.n = n;
  }

  /**
   * The same of features that are float32 and known by their sums.
   *
   * @param spread the sum of their squares about the means
   * @param squares the sum of their squares
   */
  public static boolean isFloat32Rounding(double spread, double squares) {
    return !(spread > FLOAT32 * squares);
  }

  /**
   * Adds a feature of an example.
   *
   * @param centred the same, less its mean over the examples
   */
  void add(double value, double centred) {
    fitsFloat32 &= (float) value == value;
    squares += value * value;
    spread += centred * centred;
  }

  /** Whether the features so far vary, but only by rounding; not where their squares overflow. */
  boolean isRounding() {
    return spread < fraction() * squares;
  }

  private double fraction() {
    double rounding = n * 0x1p-52;
    return fitsFloat32 ? FLOAT32 : rounding * rounding;
  }
}
