package io.similitude.store;

/** What one layer made of a batch. */
public final class LayerFeatures {
  private final int position;
  private final float[][] rows;

  LayerFeatures(int position, float[][] rows) {
    this.position = position;
    this.rows = rows;
  }

  /** Index of the layer among the tapped ones. */
  public int position() {
    return position;
  }

  /** One row an example, in the order of the batch; not a copy. */
  public float[][] rows() {
    return rows;
  }
}
