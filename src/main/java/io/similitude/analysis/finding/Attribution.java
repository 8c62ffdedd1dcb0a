package io.similitude.analysis.finding;

import io.similitude.analysis.statistics.InfluenceSums;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds which examples and classes lose similarity under an attack, and whether the examples that
 * change most are the fooled ones ({@link InfluenceSums}).
 */
final class Attribution implements Finding {
  private static final String NAME = "attribution";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void find(SweepView sweep, FindingResults found) {
    Map<List<String>, List<InfluenceSummary>> networks = new LinkedHashMap<>();
    sweep
        .influences()
        .forEach(
            it ->
                networks
                    .computeIfAbsent(
                        List.of(it.checkpoint(), it.view(), it.otherView()),
                        key -> new ArrayList<>())
                    .add(it));
    networks.values().forEach(layers -> add(layers, found));
  }

  private void add(List<InfluenceSummary> layers, FindingResults found) {
    for (InfluenceSummary layer : layers) {
      if (layer.status() == FindingStatus.NO_LOSS) {
        found.add(row(layer).status(FindingStatus.NO_LOSS).statistic("half-of-loss"));
        continue;
      }
      found.add(row(layer).value(layer.half()).detail(shareOf(layer)).statistic("half-of-loss"));
      found.add(row(layer).value(layer.effective()).statistic("effective-examples"));
      FindingRow.Builder area = row(layer).status(layer.status());
      if (layer.area() != null) {
        area.value(layer.area());
      }
      found.add(area.statistic("fooled-area"));
    }
    layers.stream()
        .filter(it -> it.area() != null)
        .max(Comparator.comparingDouble(InfluenceSummary::area))
        .ifPresent(best -> found.add(row(best).value(best.area()).statistic("best-fooled-area")));
    InfluenceSummary last = layers.get(layers.size() - 1);
    last.shares().stream()
        .filter(it -> it.kind().equals("class"))
        .max(Comparator.comparingDouble(InfluenceSummary.Share::share))
        .ifPresent(
            it ->
                found.add(
                    row(last)
                        .value(it.share())
                        .detail("class " + it.id())
                        .statistic("largest-class-share")));
  }

  private static String shareOf(InfluenceSummary layer) {
    return "of %d examples; loss %.4g".formatted(layer.examples(), layer.loss());
  }

  private FindingRow.Builder row(InfluenceSummary layer) {
    return FindingRow.of(NAME, version(), layer.measure())
        .views(layer.view(), layer.otherView())
        .a(layer.checkpoint())
        .layer(layer.layer());
  }
}
