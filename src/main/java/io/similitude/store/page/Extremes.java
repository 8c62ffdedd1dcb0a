package io.similitude.store.page;

import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** The least and the largest of the floating-point numbers of a page. */
final class Extremes {
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;

  void add(double number) {
    least = Math.min(least, number);
    most = Math.max(most, number);
  }

  /**
   * Adds them to the statistics of a column of float32 or float64. It adds nothing if there was no
   * number, or a NaN, because Parquet does not define its place.
   */
  void addTo(Statistics<?> statistics) {
    if (least <= most) {
      // A reader may take zeros of both signs for one number.
      add(least == 0 ? -0.0 : least, statistics);
      add(most == 0 ? 0.0 : most, statistics);
    }
  }

  private static void add(double number, Statistics<?> statistics) {
    if (statistics.type().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT) {
      statistics.updateStats((float) number);
    } else {
      statistics.updateStats(number);
    }
  }
}
