package io.similitude.dataset.imported;

import io.similitude.similarity.gram.PackedGram;
import java.util.Arrays;

/**
 * The features of some examples as they are in the file, one row per example. They are float32, or
 * float64 if float32 cannot hold the file's values.
 *
 * <p>The Gram matrix is made from the features as they are. The conversion to float32 comes after
 * the centring.
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

  /** Wraps features in float32. The arrays are not copied. */
  static FeatureRows of(float[][] rows) {
    return of(rows, FeatureFrame.NONE);
  }

  static FeatureRows of(float[][] rows, FeatureFrame frame) {
    return new FeatureRows(rows, null, frame);
  }

  /** Wraps features in float64. The arrays are not copied. */
  static FeatureRows of(double[][] rows, FeatureFrame frame) {
    return new FeatureRows(null, rows, frame);
  }

  public int count() {
    return single == null ? wide.length : single.length;
  }

  /** The number of features of an example. */
  public int width(int example) {
    return single == null ? wide[example].length : single[example].length;
  }

  /** A feature as it is in the file. */
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
