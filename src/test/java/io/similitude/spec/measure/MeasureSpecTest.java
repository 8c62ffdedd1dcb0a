package io.similitude.spec.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.similitude.spec.reader.Specs;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MeasureSpecTest {
  /** Nine examples in batches of eight. */
  private static final String NINE =
      Specs.MINIMAL.replace("labels: y.gz", "labels: y.gz, examples: 9");

  @Test
  void defaultsAreFilledIn() {
    assertThat(MeasureSpec.CKA.settings())
        .containsOnly(
            Map.entry(Setting.KERNEL, Kernel.LINEAR),
            Map.entry(Setting.ESTIMATOR, MeasureSpec.Estimator.MINIBATCH),
            Map.entry(Setting.BIAS, MeasureSpec.Bias.UNBIASED));
    assertThat(MeasureSpec.of(Measure.ANGULAR_CKA, Map.of(Setting.KERNEL, Kernel.RBF)).settings())
        .containsOnly(
            Map.entry(Setting.KERNEL, Kernel.RBF),
            Map.entry(Setting.BANDWIDTH, 1.0),
            Map.entry(Setting.ESTIMATOR, MeasureSpec.Estimator.MINIBATCH),
            Map.entry(Setting.BIAS, MeasureSpec.Bias.BIASED));
    assertThat(MeasureSpec.of(Measure.CCA, Map.of()).settings())
        .containsOnly(Map.entry(Setting.ESTIMATOR, MeasureSpec.Estimator.MINIBATCH));
  }

  @Test
  void aRankTakesThePlaceOfTheVariance() {
    assertThat(MeasureSpec.of(Measure.SVCCA, Map.of()).settings())
        .containsOnly(
            Map.entry(Setting.ESTIMATOR, MeasureSpec.Estimator.MINIBATCH),
            Map.entry(Setting.VARIANCE, 0.99));
    assertThat(MeasureSpec.of(Measure.SVCCA, Map.of(Setting.RANK, 5)).settings())
        .containsOnly(
            Map.entry(Setting.ESTIMATOR, MeasureSpec.Estimator.MINIBATCH),
            Map.entry(Setting.RANK, 5));
  }

  @Test
  void aMetricHasNoOthers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MeasureSpec.of(Measure.CCA, Map.of(Setting.RANK, 5)))
        .withMessage("Invalid settings: [RANK] (cca has [ESTIMATOR])");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MeasureSpec.CKA.setting(Setting.RANK, Integer.class))
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
            MeasureSpec.of(
                Measure.CKA,
                Map.of(
                    Setting.KERNEL,
                    Kernel.RBF,
                    Setting.BANDWIDTH,
                    0.5,
                    Setting.BIAS,
                    MeasureSpec.Bias.BIASED)),
            MeasureSpec.of(
                Measure.CKA,
                Map.of(Setting.KERNEL, Kernel.RBF, Setting.BIAS, MeasureSpec.Bias.BIASED)),
            MeasureSpec.of(Measure.EIGENSPACE_OVERLAP, Map.of(Setting.VARIANCE, 0.9)),
            MeasureSpec.of(
                Measure.MUTUAL_NEIGHBOURS,
                Map.of(
                    Setting.DISSIMILARITY,
                    MeasureSpec.Dissimilarity.COSINE,
                    Setting.NEIGHBOURS,
                    7)));
  }

  @Test
  void knowsWhatItLooksAtTogether() {
    assertThat(read("similarities: [{metric: cka, estimator: exact}]").get(0).isExact()).isTrue();
    assertThat(MeasureSpec.CKA.isExact()).isFalse();
    assertThat(read("similarities: [{metric: rsa, passes: 3}]").get(0).passes()).isEqualTo(3);
    assertThat(MeasureSpec.CKA.passes()).isEqualTo(1);
    assertThat(read("similarities: [{metric: cka, passes: 1}]")).containsExactly(MeasureSpec.CKA);
  }

  @Test
  void passesAreAtLeastOneAndOverBatches() {
    assertThat(Specs.problems(NINE + "similarities: [{metric: cka, passes: 0}]"))
        .containsExactly("s.yaml:8:38: Invalid passes: 0 (must be a whole number, at least 1)");
    assertThat(Specs.problems(NINE + "similarities: [{metric: rsa, estimator: exact, passes: 2}]"))
        .containsExactly(
            "s.yaml:8:56: Invalid passes: 2 (needs batches: leave it out with"
                + " estimator: exact)");
    assertThat(Specs.problems(NINE + "similarities: [{metric: cka, given: labels, passes: 2}]"))
        .containsExactly(
            "s.yaml:8:53: Invalid passes: 2 (cannot be used together with given: leave one of them"
                + " out)");
  }

  @Test
  void neighboursAreUnderWhatIsLookedAtTogether() {
    String ten = "similarities: [{metric: mutual-neighbours, %s}]";

    assertThat(Specs.problems(NINE + ten.formatted("neighbours: 8")))
        .containsExactly("s.yaml:8:56: Invalid neighbours: 8 (must be under the batch, 8)");
    assertThat(Specs.problems(NINE + ten.formatted("neighbours: 9, estimator: exact")))
        .containsExactly("s.yaml:8:56: Invalid neighbours: 9 (must be under the examples, 9)");
    assertThat(Specs.read(NINE + ten.formatted("neighbours: 8, estimator: exact")).similarities())
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void travels(Measure metric) throws IOException, ClassNotFoundException {
    MeasureSpec spec = MeasureSpec.of(metric, Map.of());

    assertThat(Specs.copy(spec)).isEqualTo(spec);
  }

  private static List<MeasureSpec> read(String similarities) {
    return Specs.read(Specs.MINIMAL + similarities).similarities();
  }
}
