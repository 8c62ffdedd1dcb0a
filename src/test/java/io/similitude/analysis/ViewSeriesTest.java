package io.similitude.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.similitude.spec.AttackSpec;
import io.similitude.spec.ViewSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ViewSeriesTest {
  @Test
  void viewsThatDifferInOneNumberAreOneSeries() {
    List<ViewSeries> series =
        ViewSeries.of(
            List.of(
                ViewSpec.BENIGN,
                view("b", "pgd-linf", Map.of("epsilon", 8 / 255.0, "steps", 10)),
                view("a", "pgd-linf", Map.of("epsilon", 2 / 255.0, "steps", 10)),
                view("other", "pgd-l2", Map.of("epsilon", 1.0, "steps", 10))));

    assertThat(series).hasSize(1);
    assertThat(series.get(0).parameter()).isEqualTo("epsilon");
    assertThat(series.get(0).attack()).isEqualTo("pgd-linf, steps 10");
    assertThat(series.get(0).steps())
        .extracting(ViewSeries.Step::view, ViewSeries.Step::label)
        .containsExactly(tuple("a", "2/255"), tuple("b", "8/255"));
  }

  @Test
  void aGridIsASeriesAlongEachOfItsNumbers() {
    List<ViewSeries> series =
        ViewSeries.of(
            List.of(
                view("a", "pgd-linf", Map.of("epsilon", 0.1, "steps", 10)),
                view("b", "pgd-linf", Map.of("epsilon", 0.2, "steps", 10)),
                view("c", "pgd-linf", Map.of("epsilon", 0.1, "steps", 100))));

    assertThat(series)
        .extracting(ViewSeries::parameter)
        .containsExactlyInAnyOrder("epsilon", "steps");
  }

  @Test
  void viewsThatDifferInTwoThingsAreNone() {
    assertThat(
            ViewSeries.of(
                List.of(
                    view("a", "pgd-linf", Map.of("epsilon", 0.1, "steps", 10)),
                    view("b", "pgd-linf", Map.of("epsilon", 0.2, "steps", 20)),
                    view("c", "pgd-linf", Map.of("epsilon", 0.3, "random-start", true)))))
        .isEmpty();
  }

  @Test
  void ofOneViewThereIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ViewSeries("pgd-linf", "epsilon", List.of()))
        .withMessage("Invalid series: one view (must be two or more)");
  }

  private static ViewSpec view(String id, String attack, Map<String, Object> parameters) {
    return new ViewSpec(
        id,
        Optional.of(new AttackSpec(attack, parameters)),
        Optional.empty(),
        false,
        Optional.empty());
  }
}
