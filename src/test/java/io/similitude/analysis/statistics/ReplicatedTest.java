package io.similitude.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplicatedTest {
  @Test
  void theErrorIsTheJackknife() {
    Replicated number = Replicated.of(2, 1, 2, 3, 4);
    // (3 / 4) (1.5^2 + 0.5^2 + 0.5^2 + 1.5^2)
    assertThat(number.error().orElseThrow()).isCloseTo(Math.sqrt(3.75), within(1e-15));
  }

  @Test
  void theIntervalHasStudentsQuantile() {
    // qt(0.975, 3) of R 4.2.2
    assertThat(Replicated.quantile(3)).isCloseTo(3.18244630528371, within(1e-9));
    Replicated number = Replicated.of(2, 1, 2, 3, 4);
    assertThat(number.margin().orElseThrow())
        .isCloseTo(3.18244630528371 * Math.sqrt(3.75), within(1e-8));
  }

  @Test
  void aDifferenceHasTheErrorOfTheDifferencesNotOfItsSides() {
    Replicated a = Replicated.of(1, 0.9, 1.1);
    Replicated b = Replicated.of(2, 1.9, 2.1);
    assertThat(b.minus(a).value()).isEqualTo(1);
    assertThat(b.minus(a).error().orElseThrow()).isCloseTo(0, within(1e-15));
    assertThat(b.plus(a).error().orElseThrow())
        .isCloseTo(2 * a.error().orElseThrow(), within(1e-15));
  }

  @Test
  void oneGroupHasNoError() {
    assertThat(Replicated.of(1).error()).isEmpty();
    assertThat(Replicated.of(1, 2).margin()).isEmpty();
  }

  @Test
  void theMeanIsTakenInEachReplicate() {
    Replicated mean = Replicated.mean(List.of(Replicated.of(1, 3, 5), Replicated.of(3, 5, 9)));
    assertThat(mean.value()).isEqualTo(2);
    assertThat(mean.without()).containsExactly(4, 7);
  }

  @Test
  void refusesNumbersThatAreNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Replicated.of(1, Double.NaN))
        .withMessage("Invalid value: 1.0, replicates [NaN] (must be finite)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Replicated.of(1, 2).plus(Replicated.of(1)))
        .withMessage("Cannot combine values of 1 and of 0 groups");
  }
}
