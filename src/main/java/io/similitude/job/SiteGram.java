package io.similitude.job;

import io.similitude.similarity.DenseGram;
import io.similitude.similarity.PackedGram;

/** A site's Gram matrix on a batch, in the form that a measure wants; made once for all of them. */
final class SiteGram {
  private final PackedGram packed;
  private DenseGram dense;

  SiteGram(PackedGram packed) {
    this.packed = packed;
  }

  PackedGram packed() {
    return packed;
  }

  DenseGram dense() {
    if (dense == null) {
      dense = DenseGram.of(packed);
    }
    return dense;
  }
}
