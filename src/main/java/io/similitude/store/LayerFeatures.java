package io.similitude.store;

/** What one layer made of the examples of a batch. The arrays are handed over, not copied. */
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

  /** One row an example, in the order of the batch. */
  public float[][] rows() {
    return rows;
  }
}
