package io.similitude.similarity.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.similarity.gram.DenseGram;
import io.similitude.spec.measure.Kernel;
import io.similitude.spec.measure.Measure;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every measure on every case against NumPy and SciPy; the generator stands beside the data. */
final class MeasuresReferenceTest {
  /** The reference promises nine digits of float64 code. */
  private static final double RELATIVE_64 = 1e-9;

  /** Near the end of its range arccos has the root of the rounding: 1e-16 makes 1e-8. */
  private static final double ANGLE = 3e-7;

  /** Gram matrices in float32: seven digits, of which small directions lose some. */
  private static final Offset<Double> ABSOLUTE_32 = within(1e-4);

  private static final Map<Setting, Object> BIASED = Map.of(Setting.BIAS, MeasureSpec.Bias.BIASED);
  private static final Map<Setting, Object> UNBIASED =
      Map.of(Setting.BIAS, MeasureSpec.Bias.UNBIASED);

  static Stream<Arguments> casesAndMeasures() {
    return ReferenceCase.names().stream()
        .flatMap(name -> measures().map(m -> Arguments.of(name, m.get()[0], m.get()[1])));
  }

  /** All but the one that Gram matrices do not have. */
  static Stream<Arguments> casesAndMeasuresOfGramMatrices() {
    return casesAndMeasures().filter(arguments -> !arguments.get()[1].equals("pwcca"));
  }

  private static Stream<Arguments> measures() {
    return Stream.of(
        measure("cka_linear_biased", Measure.CKA, BIASED),
        measure("cka_linear_debiased", Measure.CKA, UNBIASED),
        measure("cka_rbf_biased", Measure.CKA, kernel(Kernel.RBF, MeasureSpec.Bias.BIASED)),
        measure("cka_rbf_debiased", Measure.CKA, kernel(Kernel.RBF, MeasureSpec.Bias.UNBIASED)),
        measure("angular_cka_biased", Measure.ANGULAR_CKA, Map.of()),
        measure("cca_mean", Measure.CCA, Map.of()),
        measure("pwcca", Measure.PWCCA, Map.of()),
        measure("svcca_99", Measure.SVCCA, Map.of()),
        measure("procrustes_distance", Measure.PROCRUSTES, Map.of()),
        measure("rsa_euclidean_spearman", Measure.RSA, Map.of()),
        measure(
            "rsa_euclidean_pearson",
            Measure.RSA,
            Map.of(Setting.CORRELATION, MeasureSpec.Correlation.PEARSON)),
        measure(
            "rsa_cosine_spearman",
            Measure.RSA,
            Map.of(Setting.DISSIMILARITY, MeasureSpec.Dissimilarity.COSINE)),
        measure(
            "rsa_cosine_pearson",
            Measure.RSA,
            Map.of(
                Setting.DISSIMILARITY,
                MeasureSpec.Dissimilarity.COSINE,
                Setting.CORRELATION,
                MeasureSpec.Correlation.PEARSON)),
        measure("distance_correlation_biased", Measure.DISTANCE_CORRELATION, BIASED),
        measure("distance_correlation_unbiased", Measure.DISTANCE_CORRELATION, UNBIASED),
        measure("cka_cosine_biased", Measure.CKA, kernel(Kernel.COSINE, MeasureSpec.Bias.BIASED)),
        measure(
            "cka_cosine_unbiased", Measure.CKA, kernel(Kernel.COSINE, MeasureSpec.Bias.UNBIASED)),
        measure(
            "cka_polynomial_biased",
            Measure.CKA,
            kernel(Kernel.POLYNOMIAL, MeasureSpec.Bias.BIASED)),
        measure(
            "cka_polynomial_unbiased",
            Measure.CKA,
            Map.of(Setting.KERNEL, Kernel.POLYNOMIAL, Setting.DEGREE, 2, Setting.OFFSET, 0.5)),
        measure("mutual_euclidean", Measure.MUTUAL_NEIGHBOURS, Map.of()),
        measure(
            "mutual_cosine",
            Measure.MUTUAL_NEIGHBOURS,
            Map.of(Setting.DISSIMILARITY, MeasureSpec.Dissimilarity.COSINE)),
        measure("jaccard_euclidean", Measure.JACCARD_NEIGHBOURS, Map.of()),
        measure(
            "jaccard_cosine",
            Measure.JACCARD_NEIGHBOURS,
            Map.of(Setting.DISSIMILARITY, MeasureSpec.Dissimilarity.COSINE)),
        measure("eigenspace_overlap_99", Measure.EIGENSPACE_OVERLAP, Map.of()),
        measure("svcca_rank_5", Measure.SVCCA, Map.of(Setting.RANK, 5)),
        measure("angular_procrustes", Measure.ANGULAR_PROCRUSTES, Map.of()));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("casesAndMeasures")
  void ofFeaturesAgreesToNineDigits(String name, String key, MeasureSpec spec) {
    ReferenceCase reference = ReferenceCase.read(name);

    MeasureValue similarity =
        Measures.of(spec)
            .of(DenseGram.ofFeatures(reference.x()), DenseGram.ofFeatures(reference.y()));

    assertIs(similarity, reference, key, tolerance(key, reference));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("casesAndMeasuresOfGramMatrices")
  void ofGramMatricesAgreesToNineDigits(String name, String key, MeasureSpec spec) {
    ReferenceCase reference = ReferenceCase.read(name);

    MeasureValue similarity =
        Measures.of(spec).of(gram(reference, reference.x()), gram(reference, reference.y()));

    assertIs(similarity, reference, key, tolerance(key, reference));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("casesAndMeasuresOfGramMatrices")
  void ofStoredGramMatricesAgreesToFourDecimals(String name, String key, MeasureSpec spec) {
    ReferenceCase reference = ReferenceCase.read(name);

    MeasureValue similarity =
        Measures.of(spec)
            .of(
                DenseGram.of(Features.gram32(reference.x())),
                DenseGram.of(Features.gram32(reference.y())));

    assertIs(similarity, reference, key, ABSOLUTE_32);
  }

  private static DenseGram gram(ReferenceCase reference, double[][] x) {
    return DenseGram.of(reference.n(), Features.gram(x));
  }

  private static void assertIs(
      MeasureValue similarity, ReferenceCase reference, String key, Offset<Double> tolerance) {
    if (isLeftOut(reference, key)) {
      assertThat(similarity).isEqualTo(MeasureValue.missing(Status.MORE_FEATURES_THAN_EXAMPLES));
    } else {
      assertThat(similarity.value().orElseThrow()).isEqualTo(reference.expected(key), tolerance);
    }
  }

  private static boolean isLeftOut(ReferenceCase reference, String key) {
    return (key.equals("cca_mean") || key.equals("pwcca")) && !reference.has(key);
  }

  private static Offset<Double> tolerance(String key, ReferenceCase reference) {
    double expected = isLeftOut(reference, key) ? 0 : Math.abs(reference.expected(key));
    boolean isAngleOfTheSame = key.startsWith("angular") && expected < 1e-3;
    // A distance is 2 less twice a sum near 1: where it is near 0 its rounding is that of 1.
    boolean isDifference = key.startsWith("procrustes");
    return within(
        isAngleOfTheSame ? ANGLE : RELATIVE_64 * (isDifference ? Math.max(1, expected) : expected));
  }

  private static Map<Setting, Object> kernel(Kernel kernel, MeasureSpec.Bias bias) {
    return Map.of(Setting.KERNEL, kernel, Setting.BIAS, bias);
  }

  private static Arguments measure(String key, Measure metric, Map<Setting, Object> settings) {
    return Arguments.of(key, MeasureSpec.of(metric, settings));
  }
}
