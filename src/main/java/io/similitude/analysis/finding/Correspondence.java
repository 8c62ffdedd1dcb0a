package io.similitude.analysis.finding;

import io.similitude.analysis.statistics.Identification;
import io.similitude.analysis.statistics.MonotoneAlignment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds which layers of different networks correspond. It gives how often the most similar layer is
 * the layer at the same place ({@link Identification}), and the monotone path with the largest mean
 * similarity ({@link MonotoneAlignment}). The mean over pairs of networks shows the quality of each
 * measure: a good measure should find the layer at the same place.
 */
final class Correspondence implements Finding {
  private static final String NAME = "correspondence";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void find(SweepView sweep, FindingResults found) {
    Map<List<Object>, List<CrossSummary>> quality = new LinkedHashMap<>();
    for (CrossSummary pair : sweep.crossed()) {
      if (pair.status() != FindingStatus.OK) {
        found.add(row(pair).status(pair.status()).statistic("alignment"));
        continue;
      }
      if (pair.forward() != null) {
        identification(pair, found);
        quality
            .computeIfAbsent(List.of(pair.measure(), pair.view()), key -> new ArrayList<>())
            .add(pair);
      }
      alignment(pair, found);
    }
    quality.values().forEach(pairs -> quality(pairs, found));
  }

  private void identification(CrossSummary pair, FindingResults found) {
    double chance = 1.0 / pair.rows();
    found.add(
        row(pair)
            .value(pair.forward().exact())
            .decision(chance, null)
            .detail("threshold is chance")
            .statistic("identification"));
    found.add(row(pair).value(pair.forward().near()).statistic("identification-within-one"));
    found.add(
        row(pair)
            .a(pair.b())
            .b(pair.a())
            .value(pair.backward().exact())
            .decision(chance, null)
            .detail("threshold is chance")
            .statistic("identification"));
    found.add(
        row(pair)
            .a(pair.b())
            .b(pair.a())
            .value(pair.backward().near())
            .statistic("identification-within-one"));
    found.add(row(pair).value(pair.stable()).statistic("stable-matches"));
    found.add(row(pair).value(pair.longRange()).statistic("cross-long-range"));
  }

  private void alignment(CrossSummary pair, FindingResults found) {
    found.add(row(pair).value(pair.alignment()).statistic("alignment"));
    found.add(row(pair).value(pair.deviation()).statistic("alignment-deviation"));
    if (!Double.isNaN(pair.pathAgreement())) {
      found.add(row(pair).value(pair.pathAgreement()).statistic("alignment-agreement"));
    }
  }

  private void quality(List<CrossSummary> pairs, FindingResults found) {
    double mean =
        pairs.stream()
            .mapToDouble(it -> (it.forward().exact() + it.backward().exact()) / 2)
            .average()
            .orElseThrow();
    long networks = pairs.stream().flatMap(it -> Stream.of(it.a(), it.b())).distinct().count();
    found.add(
        FindingRow.of(NAME, version(), pairs.get(0).measure())
            .view(pairs.get(0).view())
            .value(mean)
            .rests((int) networks, (int) networks)
            .statistic("measure-quality"));
  }

  private FindingRow.Builder row(CrossSummary pair) {
    return FindingRow.of(NAME, version(), pair.measure())
        .view(pair.view())
        .a(pair.a())
        .b(pair.b())
        .rests(2, 2);
  }
}
