package io.similitude.analysis;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Significance;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects the rows of one heatmap, in any order. */
final class HeatmapBuilder {
  private static final Cell NOT_COMPARED =
      new Cell(MeasureValue.missing(Status.NOT_COMPARED), Significance.NONE);

  private final MeasureColumns measure;
  private final CheckpointView rows;
  private final CheckpointView columns;
  private final SortedMap<Integer, String> rowLayers = new TreeMap<>();
  private final SortedMap<Integer, String> columnLayers = new TreeMap<>();
  private final Map<Place, Cell> cells = new HashMap<>();

  HeatmapBuilder(MeasureColumns measure, CheckpointView rows, CheckpointView columns) {
    this.measure = measure;
    this.rows = rows;
    this.columns = columns;
  }

  void add(SimilarityRow row) {
    Site a = row.a();
    Site b = row.b();
    rowLayers.put(a.position(), a.layer());
    columnLayers.put(b.position(), b.layer());
    cells.put(new Place(a.position(), b.position()), new Cell(row.similarity(), row.evidence()));
    if (isSquare()) {
      rowLayers.put(b.position(), b.layer());
      columnLayers.put(a.position(), a.layer());
    }
  }

  Heatmap build() {
    return isOfSameLayers()
        ? heatmap(List.of(Heatmap.SAME_LAYER), row())
        : heatmap(List.copyOf(rowLayers.values()), square());
  }

  /**
   * Whether the table compares only layers of the same name, as with {@code compare: same-layer}.
   */
  private boolean isOfSameLayers() {
    return cells.size() > 1
        && cells.keySet().stream()
            .allMatch(at -> rowLayers.get(at.row).equals(columnLayers.get(at.column)));
  }

  private List<Cell> row() {
    SortedMap<Integer, Cell> row = new TreeMap<>();
    cells.forEach((at, cell) -> row.put(at.column, cell));
    return List.copyOf(row.values());
  }

  private List<Cell> square() {
    List<Cell> ordered = new ArrayList<>(rowLayers.size() * columnLayers.size());
    for (int row : rowLayers.keySet()) {
      for (int column : columnLayers.keySet()) {
        ordered.add(at(row, column));
      }
    }
    return ordered;
  }

  private Heatmap heatmap(List<String> down, List<Cell> ordered) {
    return new Heatmap(
        measure,
        rows,
        columns,
        down,
        List.copyOf(columnLayers.values()),
        ordered.stream().map(Cell::similarity).toList(),
        ordered.stream().map(Cell::evidence).toList());
  }

  /**
   * Returns a cell. A symmetric measure has each pair once, so the other half of a square is its
   * mirror image.
   */
  private Cell at(int row, int column) {
    Cell cell = cells.get(new Place(row, column));
    if (cell == null && isSquare()) {
      cell = cells.get(new Place(column, row));
    }
    return cell == null ? NOT_COMPARED : cell;
  }

  private boolean isSquare() {
    return rows.equals(columns);
  }

  private record Place(int row, int column) {}

  private record Cell(MeasureValue similarity, Significance evidence) {}
}
