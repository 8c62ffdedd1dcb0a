package io.similitude.analysis.finding;

import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.statistics.Replicated;
import io.similitude.similarity.measure.MeasureColumns;
import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How similar the layers of the same name are, for two networks or for one network under two views.
 *
 * @param layers the layers that both networks have and that are constant in neither, in the order
 *     of a
 * @param similarity mean over the layers; null if there is none
 * @param distance mean over the layers of the arc; null where there is none
 * @param byLayer empty if single layers are not wanted
 */
public record MatchedSummary(
    MeasureColumns measure,
    String a,
    String view,
    String b,
    String otherView,
    List<String> layers,
    Replicated similarity,
    Replicated distance,
    List<Replicated> byLayer)
    implements Serializable {
  public MatchedSummary {
    layers = List.copyOf(layers);
    byLayer = List.copyOf(byLayer);
  }

  /**
   * @param keepsLayers whether single layers are wanted
   */
  static MatchedSummary of(
      MeasureColumns measure,
      CheckpointView a,
      CheckpointView b,
      Collection<Cell> cells,
      boolean keepsLayers) {
    List<Cell> matched =
        cells.stream()
            .filter(cell -> cell.value() != null && cell.a().layer().equals(cell.b().layer()))
            .sorted(Comparator.comparingInt(cell -> cell.a().position()))
            .toList();
    int groups = matched.stream().mapToInt(it -> it.value().groups()).min().orElse(0);
    List<Replicated> values = matched.stream().map(it -> cut(it.value(), groups)).toList();
    return new MatchedSummary(
        measure,
        a.checkpoint(),
        a.view(),
        b.checkpoint(),
        b.view(),
        matched.stream().map(cell -> cell.a().layer()).toList(),
        values.isEmpty() ? null : Replicated.mean(values),
        values.isEmpty()
            ? null
            : Replicated.mean(values.stream().map(it -> it.map(MatchedSummary::arc)).toList()),
        keepsLayers ? values : List.of());
  }

  /** The angle of a cosine. Rounding may have made the cosine slightly larger than 1. */
  static double arc(double cosine) {
    return Math.acos(Math.max(-1, Math.min(1, cosine)));
  }

  /** Drops the replicates of a value if another value has none. */
  private static Replicated cut(Replicated value, int groups) {
    return value.groups() == groups ? value : Replicated.of(value.value());
  }

  /** A number computed from the kept layers, ordered by depth. */
  Replicated overLayers(ToDoubleFunction<double[]> function) {
    double[] whole = byLayer.stream().mapToDouble(Replicated::value).toArray();
    int groups = byLayer.get(0).groups();
    double[] without =
        IntStream.range(0, groups)
            .mapToDouble(
                g ->
                    function.applyAsDouble(
                        byLayer.stream().mapToDouble(it -> it.without()[g]).toArray()))
            .toArray();
    return Replicated.of(function.applyAsDouble(whole), without);
  }
}
