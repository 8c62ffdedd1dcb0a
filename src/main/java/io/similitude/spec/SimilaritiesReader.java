package io.similitude.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code similarities:}. */
final class SimilaritiesReader {
  private SimilaritiesReader() {}

  static List<SimilaritySpec> read(Value similarities) {
    List<SimilaritySpec> read = new ArrayList<>();
    for (Value item : similarities.someItems()) {
      Optional<SimilaritySpec> similarity =
          item.section("every similarity").flatMap(SimilaritiesReader::read);
      if (similarity.filter(read::contains).isPresent()) {
        item.refuse("is there already, and need not be computed twice");
      }
      similarity.ifPresent(read::add);
    }
    return similarities.isPresent() ? read : List.of(SimilaritySpec.CKA);
  }

  private static Optional<SimilaritySpec> read(Section similarity) {
    Optional<Metric> metric = similarity.required("metric").choice(Metric.class);
    Optional<Kernel> kernel = similarity.optional("kernel").choice(Kernel.class);
    Optional<Estimator> estimator = similarity.optional("estimator").choice(Estimator.class);
    Optional<Bias> bias = similarity.optional("bias").choice(Bias.class);
    if (metric.isEmpty()) {
      similarity.allowOthers();
    }
    return similarity.build(
        () ->
            new SimilaritySpec(
                metric.orElseThrow(),
                kernel.orElse(SimilaritySpec.CKA.kernel()),
                estimator.orElse(SimilaritySpec.CKA.estimator()),
                bias.orElse(SimilaritySpec.CKA.bias())));
  }
}
