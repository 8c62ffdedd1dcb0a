package io.similitude.store;

/** The features that one layer computed for the examples of a batch. The arrays are not copied. */
public final class LayerFeatures {
  private final int position;
  private final long[] exampleIds;
  private final float[][] rows;

  LayerFeatures(int position, long[] exampleIds, float[][] rows) {
    this.position = position;
    this.exampleIds = exampleIds;
    this.rows = rows;
  }

  /** Index of the layer among the tapped ones. */
  public int position() {
    return position;
  }

  /** The examples' indices in the data set, in the order of the rows. */
  public long[] exampleIds() {
    return exampleIds;
  }

  /** One row for each example, in the order of the batch. */
  public float[][] rows() {
    return rows;
  }
}
