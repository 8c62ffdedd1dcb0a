package io.similitude.analysis.finding;

import static java.util.Objects.requireNonNull;

import io.similitude.analysis.statistics.PermutationTest;
import io.similitude.analysis.statistics.Replicated;
import io.similitude.similarity.measure.MeasureColumns;
import java.util.OptionalDouble;

/**
 * One number of a finding, with its errors, its test and its decision. A value that does not exist
 * is null.
 *
 * @param finding its name, such as block-structure
 * @param version of the finding's definition
 * @param statistic its name, such as equal-lag-contrast
 * @param view of the examples
 * @param otherView the second view if two are compared
 * @param a a checkpoint, or tag=value
 * @param b the second one if two are compared
 * @param layer the layer if the number is about one layer
 * @param tag the tag if the number is about one tag
 * @param errorExamples standard error over examples: the networks stay the same
 * @param groups the number of groups of examples behind the error
 * @param errorNetworks standard error over training runs
 * @param networks the number of checkpoints behind the value
 * @param runs the number of training runs behind the value
 * @param low end of the 95 % interval; over runs if there is an error over runs
 * @param high the high end of the interval
 * @param pValue of a permutation test
 * @param qValue adjusted over all tests of the table
 * @param relabellings the number of relabellings that were tried
 * @param threshold of the decision
 * @param detail a note for readers
 */
public record FindingRow(
    String finding,
    int version,
    String statistic,
    MeasureColumns measure,
    String view,
    String otherView,
    String a,
    String b,
    String layer,
    String tag,
    Double value,
    Double errorExamples,
    int groups,
    Double errorNetworks,
    int networks,
    int runs,
    Double low,
    Double high,
    Double pValue,
    Double qValue,
    Long relabellings,
    Double threshold,
    Decision decision,
    FindingStatus status,
    String detail) {
  public FindingRow {
    requireNonNull(finding);
    requireNonNull(statistic);
    requireNonNull(measure);
    requireNonNull(status);
    requireFinite("value", value);
    requireFinite("error over examples", errorExamples);
    requireFinite("error over networks", errorNetworks);
    if (value == null && status == FindingStatus.OK) {
      throw new IllegalArgumentException(
          "Invalid finding: %s has no value (its status must say why)".formatted(statistic));
    }
  }

  static Builder of(String finding, int version, MeasureColumns measure) {
    return new Builder(finding, version, measure);
  }

  /** The same with a q-value. */
  FindingRow withQ(double q) {
    return new FindingRow(
        finding,
        version,
        statistic,
        measure,
        view,
        otherView,
        a,
        b,
        layer,
        tag,
        value,
        errorExamples,
        groups,
        errorNetworks,
        networks,
        runs,
        low,
        high,
        pValue,
        q,
        relabellings,
        threshold,
        decision,
        status,
        detail);
  }

  private static void requireFinite(String what, Double number) {
    if (number != null && !Double.isFinite(number)) {
      throw new IllegalArgumentException(
          "Invalid %s: %s (must be finite, or null)".formatted(what, number));
    }
  }

  /** Collects the parts of a row. */
  static final class Builder {
    private final String finding;
    private final int version;
    private final MeasureColumns measure;
    private String view;
    private String otherView;
    private String a;
    private String b;
    private String layer;
    private String tag;
    private Double value;
    private Double errorExamples;
    private int groups;
    private Double errorNetworks;
    private int networks = 1;
    private int runs = 1;
    private Double low;
    private Double high;
    private Double pValue;
    private Long relabellings;
    private Double threshold;
    private Decision decision;
    private FindingStatus status = FindingStatus.OK;
    private String detail;

    private Builder(String finding, int version, MeasureColumns measure) {
      this.finding = finding;
      this.version = version;
      this.measure = measure;
    }

    Builder view(String shown) {
      view = shown;
      return this;
    }

    Builder views(String one, String other) {
      view = one;
      otherView = other;
      return this;
    }

    Builder a(String of) {
      a = of;
      return this;
    }

    Builder b(String with) {
      b = with;
      return this;
    }

    Builder layer(String name) {
      layer = name;
      return this;
    }

    Builder tag(String name) {
      tag = name;
      return this;
    }

    Builder value(double number) {
      value = number;
      return this;
    }

    /** The value with its error and interval over examples. */
    Builder value(Replicated number) {
      value = number.value();
      groups = number.groups();
      errorExamples = boxed(number.error());
      if (number.margin().isPresent()) {
        interval(number.margin().getAsDouble());
      }
      return this;
    }

    /** Sets the error of a difference of two numbers that come from independent examples. */
    Builder independent(Replicated one, Replicated other) {
      groups = Math.min(one.groups(), other.groups());
      if (one.error().isPresent() && other.error().isPresent()) {
        errorExamples = Math.hypot(one.error().getAsDouble(), other.error().getAsDouble());
        interval(Replicated.quantile(groups - 1.0) * errorExamples);
      }
      return this;
    }

    /** The error over training runs. */
    Builder errorNetworks(OptionalDouble error) {
      errorNetworks = boxed(error);
      return this;
    }

    /** An interval around the value. It replaces the interval over examples. */
    Builder interval(double margin) {
      low = value - margin;
      high = value + margin;
      return this;
    }

    /** Sets the number of checkpoints and training runs behind the value. */
    Builder rests(int checkpoints, int trainings) {
      networks = checkpoints;
      runs = trainings;
      return this;
    }

    Builder test(PermutationTest test) {
      pValue = test.p();
      relabellings = test.relabellings();
      return this;
    }

    Builder decision(double limit, Decision decided) {
      threshold = limit;
      decision = decided;
      return this;
    }

    Builder status(FindingStatus why) {
      status = why;
      return this;
    }

    Builder detail(String words) {
      detail = words;
      return this;
    }

    FindingRow statistic(String name) {
      return new FindingRow(
          finding,
          version,
          name,
          measure,
          view,
          otherView,
          a,
          b,
          layer,
          tag,
          value,
          errorExamples,
          groups,
          errorNetworks,
          networks,
          runs,
          low,
          high,
          pValue,
          null,
          relabellings,
          threshold,
          decision,
          status,
          detail);
    }

    private static Double boxed(OptionalDouble number) {
      return number.isPresent() ? number.getAsDouble() : null;
    }
  }
}
