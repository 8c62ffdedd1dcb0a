package io.similitude.attack.search;

import io.similitude.input.InputException;
import io.similitude.spec.ViewSpec;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalInt;

/** What a spec says about the attack of a view, read with its checks. */
public final class AttackParameters {
  private final String view;
  private final Map<String, Object> values;

  public AttackParameters(ViewSpec view) {
    this.view = view.id();
    this.values = view.attack().orElseThrow().parameters();
  }

  /** The budget, a number of at least 0, which every attack that has one must be given. */
  public double epsilon() {
    double epsilon = number("epsilon", Double.NaN);
    if (!(epsilon >= 0)) {
      throw invalid("epsilon", "a number of at least 0, such as 8/255");
    }
    return epsilon;
  }

  /** The same for a budget that is a change of pixels in [0, 1]. */
  public double pixelEpsilon() {
    double epsilon = number("epsilon", Double.NaN);
    if (!(epsilon >= 0 && epsilon <= 1)) {
      throw invalid("epsilon", "a number between 0 and 1, such as 8/255: pixels are in [0, 1]");
    }
    return epsilon;
  }

  /** A number above 0. */
  double positive(String name, double absent) {
    double value = number(name, absent);
    if (!(value > 0)) {
      throw invalid(name, "a number above 0");
    }
    return value;
  }

  /** A step size that is given is above 0; the rule's may be 0, with epsilon. */
  public double stepSize(double rule) {
    return has("step-size") ? positive("step-size", rule) : rule;
  }

  /** A number between two others, both allowed. */
  public double between(String name, double least, double most, double absent) {
    double value = number(name, absent);
    if (!(value >= least && value <= most)) {
      throw invalid(name, "a number between " + least + " and " + most);
    }
    return value;
  }

  /** A whole number of at least 1. */
  public int count(String name, int absent) {
    Object value = values.getOrDefault(name, absent);
    if (value instanceof Integer number && number >= 1) {
      return number;
    }
    throw invalid(name, "a whole number of at least 1");
  }

  public boolean flag(String name, boolean absent) {
    if (values.getOrDefault(name, absent) instanceof Boolean flag) {
      return flag;
    }
    throw invalid(name, "true or false");
  }

  /** One of the known words. */
  public String word(String name, Collection<String> known, String absent) {
    if (values.getOrDefault(name, absent) instanceof String word && known.contains(word)) {
      return word;
    }
    throw invalid(name, "one of " + String.join(", ", known));
  }

  /** The class that the attack aims at; none: away from the label. */
  public OptionalInt target() {
    Object value = values.get("target");
    if (value == null) {
      return OptionalInt.empty();
    }
    if (value instanceof Integer target && target >= 0) {
      return OptionalInt.of(target);
    }
    throw invalid("target", "a class, a whole number of at least 0");
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public InputException invalid(String name, String rule) {
    Object value = values.get(name);
    return new InputException(
        "Invalid %s of view %s: %s (must be %s)"
            .formatted(name, view, value == null ? "nothing" : value, rule));
  }

  private double number(String name, double absent) {
    Object value = values.getOrDefault(name, absent);
    double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
    return Double.isInfinite(number) ? Double.NaN : number;
  }
}
