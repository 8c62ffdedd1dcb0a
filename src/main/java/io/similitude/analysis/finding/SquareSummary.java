package io.similitude.analysis.finding;

import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.statistics.LagCurve;
import io.similitude.analysis.statistics.Replicated;
import io.similitude.analysis.statistics.ReplicatedMatrix;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.table.Site;
import io.similitude.spec.FindingsSpec;
import java.io.Serializable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A summary of the similarities between the layers of one network under one view. It is small, so
 * the driver can hold thousands of them.
 *
 * @param layers the layers that are not constant, in the order in which they run
 * @param constant the number of constant layers
 * @param blocks null if the status is not ok
 * @param ranges statistics by name
 * @param lags mean similarity by distance
 * @param lagErrors their standard errors; NaN if there is none
 */
public record SquareSummary(
    MeasureColumns measure,
    String checkpoint,
    String view,
    List<String> layers,
    int constant,
    FindingStatus status,
    Blocks blocks,
    Map<String, Replicated> ranges,
    List<Double> lags,
    List<Double> lagErrors)
    implements Serializable {
  /** With fewer layers there are neither segments nor ranges. */
  static final int FEWEST_LAYERS = 6;

  static final String LONG_RANGE = "long-range";

  private static final Map<String, ToDoubleFunction<double[][]>> RANGES = new LinkedHashMap<>();

  static {
    RANGES.put(LONG_RANGE, LagCurve::longRange);
    RANGES.put("short-range", LagCurve::shortRange);
    RANGES.put("early-late", LagCurve::earlyLate);
    RANGES.put("half-depth", LagCurve::halfDepth);
    RANGES.put("mean-similarity", LagCurve::offDiagonal);
    RANGES.put("participation-ratio", LagCurve::participationRatio);
  }

  public SquareSummary {
    layers = List.copyOf(layers);
    ranges = new LinkedHashMap<>(ranges);
    lags = List.copyOf(lags);
    lagErrors = List.copyOf(lagErrors);
  }

  static SquareSummary of(
      MeasureColumns measure, CheckpointView shown, Collection<Cell> cells, FindingsSpec settings) {
    CellMatrix matrix = new CellMatrix(cells, true);
    List<String> layers = matrix.rows().stream().map(Site::layer).toList();
    Optional<ReplicatedMatrix> square = matrix.matrix();
    int fewest = Math.max(FEWEST_LAYERS, 2 * settings.blocks().least());
    if (square.isEmpty() || layers.size() < fewest) {
      FindingStatus status =
          layers.size() < fewest ? FindingStatus.TOO_FEW_LAYERS : FindingStatus.MISSING_PAIRS;
      return without(measure, shown, layers, matrix.constant(), status);
    }
    Map<String, Replicated> ranges = new LinkedHashMap<>();
    RANGES.forEach((name, range) -> ranges.put(name, square.get().evaluate(range)));
    List<Replicated> lags = square.get().evaluateAll(LagCurve::of);
    return new SquareSummary(
        measure,
        shown.checkpoint(),
        shown.view(),
        layers,
        matrix.constant(),
        FindingStatus.OK,
        Blocks.of(square.get(), settings.blocks()),
        ranges,
        lags.stream().map(Replicated::value).toList(),
        lags.stream().map(it -> it.error().orElse(Double.NaN)).toList());
  }

  private static SquareSummary without(
      MeasureColumns measure,
      CheckpointView shown,
      List<String> layers,
      int constant,
      FindingStatus status) {
    return new SquareSummary(
        measure,
        shown.checkpoint(),
        shown.view(),
        layers,
        constant,
        status,
        null,
        Map.of(),
        List.of(),
        List.of());
  }
}
