package io.similitude.comparison.gram;

import io.similitude.similarity.gram.DenseGram;
import io.similitude.similarity.gram.GramSummary;
import io.similitude.similarity.gram.PackedGram;
import java.util.Optional;

/** A site's Gram matrix on a batch, in the form that a measure wants; made once for all of them. */
public final class SiteGram {
  private final PackedGram packed;
  private final Optional<GramSummary> moments;
  private final float[][] features;
  private final long width;
  private DenseGram dense;
  private DenseGram ofFeatures;

  /**
   * @param moments what was made of it once for all comparisons, where they need it
   * @param features of the examples, where they were kept; else null
   */
  SiteGram(PackedGram packed, Optional<GramSummary> moments, float[][] features) {
    this(packed, moments, features, 0);
  }

  /**
   * The same where it is known of how many features.
   *
   * @param width how many, kept or not
   */
  SiteGram(PackedGram packed, Optional<GramSummary> moments, float[][] features, long width) {
    this.packed = packed;
    this.moments = moments;
    this.features = features;
    this.width = width;
  }

  private SiteGram(DenseGram dense) {
    this(null, Optional.empty(), null);
    this.dense = dense;
  }

  /** One that was made of features, and never stored. */
  public static SiteGram of(DenseGram dense) {
    return new SiteGram(dense);
  }

  Optional<GramSummary> moments() {
    return moments;
  }

  PackedGram packed() {
    return packed;
  }

  DenseGram dense() {
    if (dense == null) {
      dense = DenseGram.of(packed, width);
    }
    return dense;
  }

  /** The same with the features, where they were kept. */
  DenseGram withFeatures() {
    if (features == null) {
      return dense();
    }
    if (ofFeatures == null) {
      ofFeatures = DenseGram.ofFeatures(features);
    }
    return ofFeatures;
  }
}
