package io.similitude.spec.measure;

import io.similitude.spec.key.Keyword;
import java.util.List;

/** The kernel of a Gram matrix. */
public enum Kernel implements Keyword {
  /** The inner product of two examples' features. */
  LINEAR,
  /** exp(-d&sup2; / (2 s&sup2;)), where d is their distance. */
  RBF,
  /** The cosine of the angle between them. */
  COSINE,
  /** A power of the inner product plus an offset. */
  POLYNOMIAL;

  /**
   * The kernel's settings besides those of the metric. They are not a field, because a kernel is
   * itself a value of a setting.
   */
  public List<Setting> settings() {
    return switch (this) {
      case LINEAR, COSINE -> List.of();
      case RBF -> List.of(Setting.BANDWIDTH);
      case POLYNOMIAL -> List.of(Setting.DEGREE, Setting.OFFSET);
    };
  }
}
