package io.similitude.attack.search;

import io.similitude.files.Fingerprint;
import io.similitude.input.InputException;
import io.similitude.spec.ViewSpec;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parameters of a view's attack, read from a spec and checked. It records every value that it
 * returns. So a missing parameter and one that is written with its default value give the same
 * attack.
 */
public final class AttackParameters {
  private final String view;
  private final Map<String, Object> values;

  /** The value of each requested parameter, as text, by the parameter's name. */
  private final SortedMap<String, String> resolved = new TreeMap<>();

  public AttackParameters(ViewSpec view) {
    this.view = view.id();
    this.values = view.attack().orElseThrow().parameters();
  }

  /** The attack's name with every value that the attack asked for. It identifies the attack. */
  public String fingerprint(String attack) {
    Fingerprint fingerprint = new Fingerprint().with("attack", attack);
    resolved.forEach(fingerprint::with);
    return fingerprint.hex();
  }

  /** The budget, a number of at least 0. It is required if the attack has one. */
  public double epsilon() {
    double epsilon = number("epsilon", Double.NaN);
    if (!(epsilon >= 0)) {
      throw invalid("epsilon", "a number of at least 0, such as 8/255");
    }
    return resolved("epsilon", epsilon);
  }

  /** The budget, if it is a change of pixels in [0, 1]. */
  public double pixelEpsilon() {
    double epsilon = number("epsilon", Double.NaN);
    if (!(epsilon >= 0 && epsilon <= 1)) {
      throw invalid("epsilon", "a number between 0 and 1, such as 8/255: pixels are in [0, 1]");
    }
    return resolved("epsilon", epsilon);
  }

  /** A number above 0. */
  double positive(String name, double absent) {
    double value = number(name, absent);
    if (!(value > 0)) {
      throw invalid(name, "a number above 0");
    }
    return resolved(name, value);
  }

  /**
   * The step size. A given step size must be above 0. The default by the rule is 0 if epsilon is 0.
   */
  public double stepSize(double rule) {
    return has("step-size") ? positive("step-size", rule) : resolved("step-size", rule);
  }

  /** A number between two limits, which are allowed too. */
  public double between(String name, double least, double most, double absent) {
    double value = number(name, absent);
    if (!(value >= least && value <= most)) {
      throw invalid(name, "a number between " + least + " and " + most);
    }
    return resolved(name, value);
  }

  /** A whole number of at least 1. */
  public int count(String name, int absent) {
    Object value = values.getOrDefault(name, absent);
    if (value instanceof Integer number && number >= 1) {
      resolved.put(name, number.toString());
      return number;
    }
    throw invalid(name, "a whole number of at least 1");
  }

  public boolean flag(String name, boolean absent) {
    if (values.getOrDefault(name, absent) instanceof Boolean flag) {
      resolved.put(name, flag.toString());
      return flag;
    }
    throw invalid(name, "true or false");
  }

  /** One of the known words. */
  public String word(String name, Collection<String> known, String absent) {
    if (values.getOrDefault(name, absent) instanceof String word && known.contains(word)) {
      resolved.put(name, word);
      return word;
    }
    throw invalid(name, "one of " + String.join(", ", known));
  }

  /** The class that the attack aims at. If absent, the attack moves away from the label. */
  public OptionalInt target() {
    Object value = values.get("target");
    if (value == null) {
      return OptionalInt.empty();
    }
    if (value instanceof Integer target && target >= 0) {
      resolved.put("target", target.toString());
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

  private double resolved(String name, double value) {
    resolved.put(name, Double.toHexString(value));
    return value;
  }

  private double number(String name, double absent) {
    Object value = values.getOrDefault(name, absent);
    double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
    return Double.isInfinite(number) ? Double.NaN : number;
  }
}
