package io.similitude.job;

import io.similitude.similarity.DenseGram;
import io.similitude.similarity.PackedGram;
import io.similitude.similarity.SiteMoments;
import java.util.Optional;

/** A site's Gram matrix on a batch, in the form that a measure wants; made once for all of them. */
final class SiteGram {
  private final PackedGram packed;
  private final Optional<SiteMoments> moments;
  private DenseGram dense;

  SiteGram(PackedGram packed, Optional<SiteMoments> moments) {
    this.packed = packed;
    this.moments = moments;
  }

  /** What was made of it once for all comparisons, where they need it. */
  Optional<SiteMoments> moments() {
    return moments;
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
