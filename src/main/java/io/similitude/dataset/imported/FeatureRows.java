package io.similitude.dataset.imported;

import io.similitude.similarity.gram.PackedGram;
import java.util.Arrays;

/**
 * The features of some examples, one row an example, as a file has them: in float32, or in float64
 * where the file holds more than float32 can.
 *
 * <p>The Gram matrix is made of the features as they are. Float32 comes after the centring.
 */
public final class FeatureRows {
  private final float[][] single;
  private final double[][] wide;
  private final FeatureFrame frame;

  private FeatureRows(float[][] single, double[][] wide, FeatureFrame frame) {
    this.single = single;
    this.wide = wide;
    this.frame = frame;
  }

  /** Of features in float32; the arrays are not copied. */
  static FeatureRows of(float[][] rows) {
    return of(rows, FeatureFrame.NONE);
  }

  static FeatureRows of(float[][] rows, FeatureFrame frame) {
    return new FeatureRows(rows, null, frame);
  }

  /** Of features in float64; the arrays are not copied. */
  static FeatureRows of(double[][] rows, FeatureFrame frame) {
    return new FeatureRows(null, rows, frame);
  }

  public int count() {
    return single == null ? wide.length : single.length;
  }

  /** How many features an example has. */
  public int width(int example) {
    return single == null ? wide[example].length : single[example].length;
  }

  /** A feature as the file has it. */
  public double at(int example, int feature) {
    return single == null ? wide[example][feature] : single[example][feature];
  }

  /** The Gram matrix of the features, centred within the batch. */
  public PackedGram gram() {
    return single == null
        ? PackedGram.ofFeatures(wide, frame.gramExponent())
        : PackedGram.ofFeatures(single, frame.gramExponent());
  }

  /** The features as they are stored: in float32, in the frame of their file. */
  public float[][] stored() {
    return single == null ? Arrays.stream(wide).map(frame::stored).toArray(float[][]::new) : single;
  }
}
