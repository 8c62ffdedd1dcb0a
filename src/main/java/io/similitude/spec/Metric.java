package io.similitude.spec;

import java.util.List;

/** A measure of the similarity of two representations, and the settings that it has. */
public enum Metric implements Keyword {
  /** Centred kernel alignment (Kornblith et al. 2019), or partial, given others. */
  CKA(Bias.UNBIASED, Setting.KERNEL, Setting.ESTIMATOR, Setting.BIAS, Setting.GIVEN),
  /** The angle whose cosine is CKA (Williams et al. 2021): a metric. */
  ANGULAR_CKA(Bias.BIASED, Setting.KERNEL, Setting.ESTIMATOR, Setting.BIAS),
  /** Distance correlation (Szekely et al. 2007). */
  DISTANCE_CORRELATION(Bias.UNBIASED, Setting.ESTIMATOR, Setting.BIAS),
  /** Mean canonical correlation. */
  CCA,
  /** Mean canonical correlation of the leading directions (Raghu et al. 2017). */
  SVCCA(Setting.VARIANCE, Setting.RANK),
  /** Canonical correlations weighted by what they explain of a (Morcos et al. 2018). */
  PWCCA,
  /** Orthogonal Procrustes distance (Ding et al. 2021). */
  PROCRUSTES,
  /** The angle of the best rotation (Williams et al. 2021): a metric. */
  ANGULAR_PROCRUSTES,
  /** Representational similarity analysis (Kriegeskorte et al. 2008). */
  RSA(Setting.DISSIMILARITY, Setting.CORRELATION),
  /** Nearest neighbours in common over those of either. */
  JACCARD_NEIGHBOURS(Setting.DISSIMILARITY, Setting.NEIGHBOURS),
  /** Nearest neighbours in common over k. */
  MUTUAL_NEIGHBOURS(Setting.DISSIMILARITY, Setting.NEIGHBOURS),
  /** Overlap of the leading directions (May et al. 2019). */
  EIGENSPACE_OVERLAP(Setting.VARIANCE, Setting.RANK);

  private final Bias bias;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Setting> settings;

  Metric(Setting... settings) {
    this(Bias.UNBIASED, settings);
  }

  /** With the bias that is meant where none is written. */
  Metric(Bias bias, Setting... settings) {
    this.bias = bias;
    this.settings = List.of(settings);
  }

  /** In the order in which they are read and shown. */
  List<Setting> settings() {
    return settings;
  }

  Bias usualBias() {
    return bias;
  }
}
