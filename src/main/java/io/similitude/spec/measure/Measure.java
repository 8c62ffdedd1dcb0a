package io.similitude.spec.measure;

import io.similitude.spec.key.Keyword;
import java.util.List;

/** A measure of the similarity of two representations, and the settings that it has. */
public enum Measure implements Keyword {
  /** Centred kernel alignment (Kornblith et al. 2019), or partial, given others. */
  CKA(
      "CKA",
      Scale.SIMILARITY,
      MeasureSpec.Bias.UNBIASED,
      Setting.KERNEL,
      Setting.ESTIMATOR,
      Setting.BIAS,
      Setting.GIVEN,
      Setting.PASSES),
  /** The angle whose cosine is CKA (Williams et al. 2021): a metric. */
  ANGULAR_CKA(
      "Angular CKA",
      Scale.ANGLE,
      MeasureSpec.Bias.BIASED,
      Setting.KERNEL,
      Setting.ESTIMATOR,
      Setting.BIAS,
      Setting.PASSES),
  /** Distance correlation (Szekely et al. 2007). */
  DISTANCE_CORRELATION(
      "Distance correlation",
      Scale.SIMILARITY,
      MeasureSpec.Bias.UNBIASED,
      Setting.ESTIMATOR,
      Setting.BIAS,
      Setting.PASSES),
  /** Mean canonical correlation. */
  CCA("Mean CCA", Scale.SIMILARITY, Setting.ESTIMATOR, Setting.PASSES),
  /** Mean canonical correlation of the leading directions (Raghu et al. 2017). */
  SVCCA(
      "SVCCA", Scale.SIMILARITY, Setting.ESTIMATOR, Setting.VARIANCE, Setting.RANK, Setting.PASSES),
  /** Canonical correlations, weighted by how much of a they explain (Morcos et al. 2018). */
  PWCCA("PWCCA", Scale.SIMILARITY, Setting.ESTIMATOR, Setting.PASSES),
  /** Orthogonal Procrustes distance (Ding et al. 2021). */
  PROCRUSTES("Procrustes distance", Scale.SQUARED_DISTANCE, Setting.ESTIMATOR, Setting.PASSES),
  /** The angle of the best rotation (Williams et al. 2021): a metric. */
  ANGULAR_PROCRUSTES("Angular Procrustes distance", Scale.ANGLE, Setting.ESTIMATOR, Setting.PASSES),
  /** Representational similarity analysis (Kriegeskorte et al. 2008). */
  RSA(
      "RSA",
      Scale.CORRELATION,
      Setting.ESTIMATOR,
      Setting.DISSIMILARITY,
      Setting.CORRELATION,
      Setting.PASSES),
  /** The number of common nearest neighbours divided by the number of neighbours in either. */
  JACCARD_NEIGHBOURS(
      "Jaccard overlap of neighbours",
      Scale.SIMILARITY,
      Setting.ESTIMATOR,
      Setting.DISSIMILARITY,
      Setting.NEIGHBOURS,
      Setting.PASSES),
  /** The number of common nearest neighbours divided by k. */
  MUTUAL_NEIGHBOURS(
      "Mutual nearest neighbours",
      Scale.SIMILARITY,
      Setting.ESTIMATOR,
      Setting.DISSIMILARITY,
      Setting.NEIGHBOURS,
      Setting.PASSES),
  /** Overlap of the leading directions (May et al. 2019). */
  EIGENSPACE_OVERLAP(
      "Eigenspace overlap",
      Scale.SIMILARITY,
      Setting.ESTIMATOR,
      Setting.VARIANCE,
      Setting.RANK,
      Setting.PASSES);

  private final String title;
  private final Scale scale;
  private final MeasureSpec.Bias bias;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Setting> settings;

  Measure(String title, Scale scale, Setting... settings) {
    this(title, scale, MeasureSpec.Bias.UNBIASED, settings);
  }

  /** A measure with its default bias. */
  Measure(String title, Scale scale, MeasureSpec.Bias bias, Setting... settings) {
    this.title = title;
    this.scale = scale;
    this.bias = bias;
    this.settings = List.of(settings);
  }

  /** The name in titles and on axes: {@code Procrustes distance}. */
  public String title() {
    return title;
  }

  /** The direction and the range of its values. */
  public Scale scale() {
    return scale;
  }

  /** The settings, in the order in which they are read and shown. */
  public List<Setting> settings() {
    return settings;
  }

  MeasureSpec.Bias usualBias() {
    return bias;
  }
}
