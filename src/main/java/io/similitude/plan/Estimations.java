package io.similitude.plan;

import io.similitude.similarity.exact.ExactMeasure;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.measure.MeasureSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sorts the measures of a sweep. Some follow from the stored Gram matrices of its batches. Others
 * must read its activations again: exact measures over several batches, and measures in several
 * passes.
 */
public final class Estimations {
  private final SweepSpec spec;
  private final int batches;

  /**
   * @param batches the number of batches of examples
   */
  Estimations(SweepSpec spec, int batches) {
    this.spec = spec;
    this.batches = batches;
  }

  public List<MeasureSpec> ofGrams() {
    return spec.similarities().stream().filter(measure -> !readsActivations(measure)).toList();
  }

  public List<Estimation> ofActivations() {
    Map<Estimation, List<MeasureSpec>> ways = new LinkedHashMap<>();
    for (MeasureSpec measure : spec.similarities()) {
      if (readsActivations(measure)) {
        ways.computeIfAbsent(estimation(measure), way -> new ArrayList<>()).add(measure);
      }
    }
    return ways.entrySet().stream()
        .map(way -> new Estimation(way.getKey().way(), way.getKey().passes(), way.getValue()))
        .toList();
  }

  private static Estimation estimation(MeasureSpec measure) {
    if (!measure.isExact()) {
      return new Estimation(Estimation.Way.BATCHES, measure.passes(), List.of());
    }
    boolean isLinear = ExactMeasure.covers(measure);
    return new Estimation(
        isLinear ? Estimation.Way.EXACT_LINEAR : Estimation.Way.EXACT, 1, List.of());
  }

  private boolean readsActivations(MeasureSpec measure) {
    return measure.passes() > 1 || (measure.isExact() && batches > 1);
  }
}
