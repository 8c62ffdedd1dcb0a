package io.similitude.similarity.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.spec.measure.Measure;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Scale;
import io.similitude.spec.measure.Setting;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class MeasureTest {
  @ParameterizedTest
  @CsvSource({
    "CKA, CKA, true, 0, 1",
    "ANGULAR_CKA, Angular CKA (radians), false, 0, 1.5707963267948966",
    "DISTANCE_CORRELATION, Distance correlation, true, 0, 1",
    "CCA, Mean CCA, true, 0, 1",
    "SVCCA, SVCCA, true, 0, 1",
    "PWCCA, PWCCA, true, 0, 1",
    "PROCRUSTES, Procrustes distance, false, 0, 2",
    "ANGULAR_PROCRUSTES, Angular Procrustes distance (radians), false, 0, 1.5707963267948966",
    "RSA, RSA, true, -1, 1",
    "JACCARD_NEIGHBOURS, Jaccard overlap of neighbours, true, 0, 1",
    "MUTUAL_NEIGHBOURS, Mutual nearest neighbours, true, 0, 1",
    "EIGENSPACE_OVERLAP, Eigenspace overlap, true, 0, 1"
  })
  void knowsItsNameAndItsScale(
      Measure metric, String axis, boolean isLargerMoreAlike, double low, double high) {
    MeasureColumns measure = Measures.name(MeasureSpec.of(metric, Map.of()));
    assertThat(measure.axisTitle()).isEqualTo(axis);
    assertThat(measure.scale().isLargerMoreAlike()).isEqualTo(isLargerMoreAlike);
    assertThat(measure.scale().low()).isEqualTo(low);
    assertThat(measure.scale().high()).isEqualTo(high);
  }

  @ParameterizedTest
  @EnumSource(Measure.class)
  void theNearEndIsTheValueOfARepresentationWithItself(Measure metric) {
    assertThat(metric.scale().mostAlike())
        .isEqualTo(Measures.of(MeasureSpec.of(metric, Map.of())).ofItself());
  }

  @Test
  void namesDiffer() {
    assertThat(Arrays.stream(Measure.values()).map(Measure::title)).doesNotHaveDuplicates();
  }

  @Test
  void aPartialMeasureSaysSoAndIsACorrelation() {
    MeasureColumns partial =
        Measures.name(
            MeasureSpec.of(Measure.CKA, Map.of(Setting.GIVEN, List.of("labels", "pixels"))));
    assertThat(partial.title())
        .isEqualTo("Partial CKA (linear, minibatch, unbiased, given=labels + pixels)");
    assertThat(partial.axisTitle()).isEqualTo("Partial CKA");
    assertThat(partial.scale()).isEqualTo(Scale.CORRELATION);
  }

  @Test
  void aMetricOfAnotherVersionKeepsItsWord() {
    MeasureColumns unknown = new MeasureColumns("geodesic", "", "exact", "");
    assertThat(unknown.title()).isEqualTo("geodesic (exact)");
    assertThat(unknown.scale()).isEqualTo(Scale.SIMILARITY);
  }
}
