package io.similitude.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SimilaritySpecTest {
  @Test
  void defaultsAreFilledIn() {
    assertThat(SimilaritySpec.CKA.settings())
        .containsOnly(
            Map.entry(Setting.KERNEL, Kernel.LINEAR),
            Map.entry(Setting.ESTIMATOR, Estimator.MINIBATCH),
            Map.entry(Setting.BIAS, Bias.UNBIASED));
    assertThat(SimilaritySpec.of(Metric.ANGULAR_CKA, Map.of(Setting.KERNEL, Kernel.RBF)).settings())
        .containsOnly(
            Map.entry(Setting.KERNEL, Kernel.RBF),
            Map.entry(Setting.BANDWIDTH, 1.0),
            Map.entry(Setting.ESTIMATOR, Estimator.MINIBATCH),
            Map.entry(Setting.BIAS, Bias.BIASED));
    assertThat(SimilaritySpec.of(Metric.CCA, Map.of()).settings()).isEmpty();
  }

  @Test
  void aRankTakesThePlaceOfTheVariance() {
    assertThat(SimilaritySpec.of(Metric.SVCCA, Map.of()).settings())
        .containsOnly(Map.entry(Setting.VARIANCE, 0.99));
    assertThat(SimilaritySpec.of(Metric.SVCCA, Map.of(Setting.RANK, 5)).settings())
        .containsOnly(Map.entry(Setting.RANK, 5));
  }

  @Test
  void aMetricHasNoOthers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimilaritySpec.of(Metric.CCA, Map.of(Setting.RANK, 5)))
        .withMessage("Invalid settings: [RANK] (cca has [])");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SimilaritySpec.CKA.setting(Setting.RANK, Integer.class))
        .withMessage("Invalid setting: cka has no rank");
  }

  @Test
  void isReadFromASpec() {
    assertThat(
            read(
                """
                similarities:
                  - {metric: cka, kernel: rbf, bandwidth: 1/2, bias: biased}
                  - {metric: cka, kernel: rbf, bias: biased}
                  - {metric: eigenspace-overlap, variance: 0.9}
                  - {metric: mutual-neighbours, dissimilarity: cosine, neighbours: 7}
                """))
        .containsExactly(
            SimilaritySpec.of(
                Metric.CKA,
                Map.of(
                    Setting.KERNEL, Kernel.RBF, Setting.BANDWIDTH, 0.5, Setting.BIAS, Bias.BIASED)),
            SimilaritySpec.of(
                Metric.CKA, Map.of(Setting.KERNEL, Kernel.RBF, Setting.BIAS, Bias.BIASED)),
            SimilaritySpec.of(Metric.EIGENSPACE_OVERLAP, Map.of(Setting.VARIANCE, 0.9)),
            SimilaritySpec.of(
                Metric.MUTUAL_NEIGHBOURS,
                Map.of(Setting.DISSIMILARITY, Dissimilarity.COSINE, Setting.NEIGHBOURS, 7)));
  }

  @Test
  void exactWantsOneBatch() {
    String exact = "similarities: [{metric: cka, estimator: exact}]";

    assertThat(read(exact).get(0).isExact()).isTrue();
    assertThat(SimilaritySpec.CKA.isExact()).isFalse();
    assertThat(
            Specs.problems(
                Specs.MINIMAL.replace("labels: y.gz", "labels: y.gz, examples: 9") + exact))
        .containsExactly(
            "s.yaml:8:41: Invalid estimator: exact (needs all examples in one batch: set batch to"
                + " 9)");
  }

  @ParameterizedTest
  @EnumSource
  void travels(Metric metric) throws IOException, ClassNotFoundException {
    SimilaritySpec spec = SimilaritySpec.of(metric, Map.of());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(spec);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(spec);
    }
  }

  private static List<SimilaritySpec> read(String similarities) {
    return Specs.read(Specs.MINIMAL + similarities).similarities();
  }
}
