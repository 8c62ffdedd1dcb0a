package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A measure that every compared pair gets a value of.
 *
 * @param metric the measure
 * @param kernel what its Gram matrices are made with
 * @param estimator how the batches become one value
 * @param bias which estimate of HSIC a batch gives
 */
public record SimilaritySpec(Metric metric, Kernel kernel, Estimator estimator, Bias bias)
    implements Serializable {
  /** Linear minibatch CKA with the unbiased HSIC_1. */
  public static final SimilaritySpec CKA =
      new SimilaritySpec(Metric.CKA, Kernel.LINEAR, Estimator.MINIBATCH, Bias.UNBIASED);

  public SimilaritySpec {
    requireNonNull(metric, "metric");
    requireNonNull(kernel, "kernel");
    requireNonNull(estimator, "estimator");
    requireNonNull(bias, "bias");
  }
}
