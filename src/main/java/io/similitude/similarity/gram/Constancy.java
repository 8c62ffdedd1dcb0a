package io.similitude.similarity.gram;

/**
 * Decides whether features are equal for all examples, except for rounding. They are if the sum of
 * squares after centring is a vanishing fraction of the sum before.
 *
 * <p>Features whose values are exact in float32 count as float32, for any type of the file. Their
 * fraction is 2<sup>-44</sup>: a spread of 2<sup>-22</sup>, four units in the last place. Float32
 * arithmetic leaves such a spread in a constant: for example, a 0.5 whose last bit differs between
 * examples. Other features are float64: the fraction is (n 2<sup>-52</sup>)&sup2;, the rounding of
 * their mean.
 */
public final class Constancy {
  /** The fraction for features in float32. */
  private static final double FLOAT32 = 0x1p-44;

  private final int n;
  private boolean fitsFloat32 = true;
  private double squares;
  private double spread;

  /**
   * @param n the number of examples
   */
  Constancy(int n) {
    this.n = n;
  }

  /**
   * Whether features in float32 are equal for all examples, decided from their sums.
   *
   * @param spread the sum of their squared deviations from the means
   * @param squares the sum of their squares
   */
  public static boolean isFloat32Rounding(double spread, double squares) {
    return !(spread > FLOAT32 * squares);
  }

  /**
   * Adds a feature of an example.
   *
   * @param centred the value less its mean over the examples
   */
  void add(double value, double centred) {
    fitsFloat32 &= (float) value == value;
    squares += value * value;
    spread += centred * centred;
  }

  /** Whether the features so far vary only by rounding. It is false if their squares overflow. */
  boolean isRounding() {
    return spread < fraction() * squares;
  }

  private double fraction() {
    double rounding = n * 0x1p-52;
    return fitsFloat32 ? FLOAT32 : rounding * rounding;
  }
}
