package io.similitude.comparison.gram;

import io.similitude.similarity.gram.DenseGram;
import io.similitude.similarity.gram.GramSummary;
import io.similitude.similarity.gram.PackedGram;
import java.util.Optional;

/**
 * The Gram matrix of a site on a batch, in the form that a measure needs. It is made once for all
 * pairs.
 */
public final class SiteGram {
  private final PackedGram packed;
  private final GramSummary summary;
  private final float[][] features;
  private final long width;
  private final StoredGram stored;
  private DenseGram dense;
  private DenseGram ofFeatures;

  /**
   * @param summary the numbers that were computed with the Gram matrix
   * @param features of the examples, if they were kept; otherwise null
   */
  SiteGram(PackedGram packed, GramSummary summary, float[][] features) {
    this(packed, summary, features, 0, null);
  }

  /**
   * The same, with a known number of features.
   *
   * @param width the number of features, whether they were kept or not
   * @param stored identifies the Gram matrix; null if it is not known
   */
  SiteGram(
      PackedGram packed, GramSummary summary, float[][] features, long width, StoredGram stored) {
    this.packed = packed;
    this.summary = summary;
    this.features = features;
    this.width = width;
    this.stored = stored;
  }

  private SiteGram(DenseGram dense) {
    this(null, null, null);
    this.dense = dense;
  }

  /** A Gram matrix that was computed from features and never stored. */
  public static SiteGram of(DenseGram dense) {
    return new SiteGram(dense);
  }

  /** What identifies the Gram matrix, if it is known. */
  Optional<StoredGram> stored() {
    return Optional.ofNullable(stored);
  }

  GramSummary summary() {
    return summary;
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

  /** The same with the features, if they were kept. */
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
