package io.similitude.dataset.imported;

import io.similitude.files.FileAccess;
import java.io.Serializable;

/** The stored features of examples. It is serialized and sent to the machine that reads them. */
public interface FeatureSource extends Serializable {
  /**
   * The rows of these examples, in this order, all of one length.
   *
   * @throws io.similitude.input.InputException if they no longer exist or are damaged
   */
  FeatureRows rows(long[] ids, FileAccess files);

  /** The rows as they are stored, in float32. */
  default float[][] read(long[] ids, FileAccess files) {
    return rows(ids, files).stored();
  }

  /** The smallest source that {@link #rows} needs for these examples. */
  default FeatureSource holding(long... ids) {
    return this;
  }
}
