package io.similitude.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.spec.AttackSpec;
import io.similitude.spec.ViewSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AttackTextTest {
  @ParameterizedTest
  @CsvSource({
    "1000.0, 1000",
    "1020.0, 1020",
    "10.0, 10",
    "0.5, 0.5",
    "0.3333333, 0.3333",
    "0.0627450980392157, 16/255",
    "0.0, 0",
    "-20.5, -20.5",
    "1e-10, 1E-10",
    "123456.0, 123500"
  })
  void aNumberIsWrittenWithTheDigitsThatMatter(double number, String text) {
    assertThat(of(Map.of("epsilon", number))).isEqualTo("pgd-linf, epsilon " + text);
  }

  @Test
  void theAttackComesFirstThenItsParameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("epsilon", 8 / 255.0);
    parameters.put("steps", 100);
    parameters.put("random-start", false);

    assertThat(of(parameters)).isEqualTo("pgd-linf, epsilon 8/255, steps 100, random-start false");
  }

  private static String of(Map<String, Object> parameters) {
    return AttackText.of(
        new ViewSpec(
            "v", Optional.of(new AttackSpec("pgd-linf", parameters)), Optional.empty(), false));
  }
}
