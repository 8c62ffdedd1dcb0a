package io.similitude.dataset.imported;

import io.similitude.files.FileAccess;
import java.io.Serializable;

/** The features of examples, stored somewhere; travels to where they are read. */
public interface FeatureSource extends Serializable {
  /**
   * The rows of these examples, in this order, all of one length.
   *
   * @throws io.similitude.input.InputException if they are not there any more, or damaged
   */
  FeatureRows rows(long[] ids, FileAccess files);

  /** The same as they are stored, in float32. */
  default float[][] read(long[] ids, FileAccess files) {
    return rows(ids, files).stored();
  }

  /** The least that {@link #rows} needs for these examples. */
  default FeatureSource holding(long... ids) {
    return this;
  }
}
