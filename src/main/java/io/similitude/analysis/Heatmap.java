package io.similitude.analysis;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Significance;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * One measure between all layers of one checkpoint and view (the rows) and all layers of another or
 * the same (the columns). Layers are in the order in which they run.
 *
 * @param rowLayers only {@link #SAME_LAYER} if each layer was compared only with the layer of the
 *     same name; the single row then has the values of the diagonal of a square
 * @param cells row by row, {@code rowLayers.size() * columnLayers.size()} of them; {@link
 *     io.similitude.similarity.measure.Status#NOT_COMPARED} if the table has no such pair
 * @param evidence further evidence for each cell
 */
public record Heatmap(
    MeasureColumns measure,
    CheckpointView rows,
    CheckpointView columns,
    List<String> rowLayers,
    List<String> columnLayers,
    List<MeasureValue> cells,
    List<Significance> evidence) {
  /** The name of the only row of such a heatmap. It stands for the layer of the column. */
  public static final String SAME_LAYER = "the same layer";

  public Heatmap {
    Objects.requireNonNull(measure);
    Objects.requireNonNull(rows);
    Objects.requireNonNull(columns);
    rowLayers = List.copyOf(rowLayers);
    columnLayers = List.copyOf(columnLayers);
    cells = List.copyOf(cells);
    evidence = List.copyOf(evidence);
    if (cells.size() != rowLayers.size() * columnLayers.size()) {
      throw new IllegalArgumentException(
          "Invalid heatmap: %d cells (must be %d x %d)"
              .formatted(cells.size(), rowLayers.size(), columnLayers.size()));
    }
    if (evidence.size() != cells.size()) {
      throw new IllegalArgumentException(
          "Invalid heatmap: evidence for %d cells (must be %d)"
              .formatted(evidence.size(), cells.size()));
    }
  }

  /** A heatmap without other evidence than standard errors. */
  public Heatmap(
      MeasureColumns measure,
      CheckpointView rows,
      CheckpointView columns,
      List<String> rowLayers,
      List<String> columnLayers,
      List<MeasureValue> cells) {
    this(
        measure,
        rows,
        columns,
        rowLayers,
        columnLayers,
        cells,
        Collections.nCopies(cells.size(), Significance.NONE));
  }

  /** Whether each layer is compared with the same layer alone. */
  public boolean isOfSameLayers() {
    return rowLayers.equals(List.of(SAME_LAYER));
  }

  public MeasureValue cell(int row, int column) {
    return cells.get(row * columnLayers.size() + column);
  }
}
