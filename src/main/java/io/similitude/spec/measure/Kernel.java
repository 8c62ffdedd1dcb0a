package io.similitude.spec.measure;

import io.similitude.spec.key.Keyword;
import java.util.List;

/** What a Gram matrix is made with. */
public enum Kernel implements Keyword {
  /** The inner product of two examples' features. */
  LINEAR,
  /** exp(-d&sup2; / (2 s&sup2;)) of their distance d. */
  RBF,
  /** The cosine of the angle between them. */
  COSINE,
  /** A power of the inner product plus an offset. */
  POLYNOMIAL;

  /** Those that it has beside the metric's; settings have kernels as values, so no field. */
  public List<Setting> settings() {
    return switch (this) {
      case LINEAR, COSINE -> List.of();
      case RBF -> List.of(Setting.BANDWIDTH);
      case POLYNOMIAL -> List.of(Setting.DEGREE, Setting.OFFSET);
    };
  }
}
