package io.similitude.analysis;

import io.similitude.spec.AttackSpec;
import io.similitude.spec.ViewSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Views whose attacks differ in one number only. This number is the axis of a chart.
 *
 * @param attack the settings that all views share, in words
 * @param parameter the name of the number that differs
 * @param steps by that number, smallest first; at least two
 */
public record ViewSeries(String attack, String parameter, List<Step> steps) {
  /**
   * One view of a series.
   *
   * @param label the number in words: {@code 8/255}
   */
  public record Step(String view, double number, String label) {}

  public ViewSeries {
    Objects.requireNonNull(attack);
    Objects.requireNonNull(parameter);
    steps = List.copyOf(steps);
    if (steps.size() < 2) {
      throw new IllegalArgumentException("Invalid series: one view (must be two or more)");
    }
  }

  /** All series among some views, in the order of their first views. */
  public static List<ViewSeries> of(List<ViewSpec> views) {
    Map<Shared, TreeMap<Double, Step>> found = new LinkedHashMap<>();
    for (ViewSpec view : views) {
      view.attack().ifPresent(attack -> add(view, attack, found));
    }
    return found.entrySet().stream()
        .filter(series -> series.getValue().size() > 1)
        .map(series -> series(series.getKey(), List.copyOf(series.getValue().values())))
        .toList();
  }

  private static void add(
      ViewSpec view, AttackSpec attack, Map<Shared, TreeMap<Double, Step>> found) {
    attack
        .parameters()
        .forEach(
            (name, value) -> {
              if (value instanceof Number number) {
                Shared shared = Shared.of(view, attack, name);
                Step step = new Step(view.id(), number.doubleValue(), AttackText.value(value));
                found
                    .computeIfAbsent(shared, s -> new TreeMap<>())
                    .putIfAbsent(number.doubleValue(), step);
              }
            });
  }

  private static ViewSeries series(Shared shared, List<Step> steps) {
    return new ViewSeries(AttackText.of(shared.view), shared.parameter, steps);
  }

  /** The view without the number that differs. The id of the view is not compared. */
  private record Shared(ViewSpec view, String parameter) {
    static Shared of(ViewSpec view, AttackSpec attack, String parameter) {
      Map<String, Object> others = new LinkedHashMap<>(attack.parameters());
      others.remove(parameter);
      AttackSpec rest = new AttackSpec(attack.name(), others);
      return new Shared(
          new ViewSpec("series", Optional.of(rest), view.craftOn(), false, view.data()), parameter);
    }
  }
}
