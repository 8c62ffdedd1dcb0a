package io.similitude.report.figure;

import io.similitude.analysis.Heatmap;
import java.awt.geom.Path2D;
import java.util.OptionalDouble;

/**
 * The marks on the cells of a heatmap whose values are outside of the scale: a minus for values
 * below it, a plus for values above it.
 *
 * @param below the shape of all minuses
 * @param above the shape of all pluses
 */
public record CellMarks(Path2D below, Path2D above) {
  /** Half of the length of a mark, relative to the side of a cell. */
  private static final double HALF = 0.22;

  public static CellMarks of(Heatmap map, ValueScale scale, HeatmapLayout layout) {
    CellMarks marks = new CellMarks(new Path2D.Double(), new Path2D.Double());
    for (int i = 0; i < map.rowLayers().size(); i++) {
      for (int j = 0; j < map.columnLayers().size(); j++) {
        marks.add(
            map.cell(i, j).value(), scale, layout.x(j + 0.5), layout.y(i + 0.5), layout.cell());
      }
    }
    return marks;
  }

  private void add(OptionalDouble value, ValueScale scale, double x, double y, double side) {
    if (value.isEmpty()) {
      return;
    }
    if (value.getAsDouble() < scale.low()) {
      across(below, x, y, HALF * side);
    } else if (value.getAsDouble() > scale.high()) {
      across(above, x, y, HALF * side);
      down(above, x, y, HALF * side);
    }
  }

  public static void across(Path2D path, double x, double y, double half) {
    path.moveTo(x - half, y);
    path.lineTo(x + half, y);
  }

  public static void down(Path2D path, double x, double y, double half) {
    path.moveTo(x, y - half);
    path.lineTo(x, y + half);
  }
}
