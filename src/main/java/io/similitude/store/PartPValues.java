package io.similitude.store;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.significance.PValues;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Gathers the p-values of one part of the similarities, a few million at a time. */
final class PartPValues {
  private static final int MOST = 1 << 21;

  private final Map<MeasureColumns, PValues> gathered = new HashMap<>();
  private double[] numbers = new double[1024];
  private int size;
  private MeasureColumns measure;

  private PartPValues() {}

  static Map<MeasureColumns, PValues> read(RunStorage storage, TableFile part) throws IOException {
    PartPValues pValues = new PartPValues();
    try (PValueColumn column = new PValueColumn(storage, part)) {
      while (column.next(pValues::add)) {
        // The rows have been added.
      }
    }
    pValues.flush();
    return pValues.gathered;
  }

  private void add(MeasureColumns of, double[] pValues, int length) {
    if (size + length > MOST || !of.equals(measure)) {
      flush();
      measure = of;
    }
    if (size + length > numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(2 * numbers.length, size + length));
    }
    for (int i = 0; i < length; i++) {
      if (!Double.isNaN(pValues[i])) {
        numbers[size++] = pValues[i];
      }
    }
  }

  private void flush() {
    if (size > 0) {
      gathered.merge(measure, PValues.of(numbers, size), PValues::combine);
      size = 0;
    }
  }
}
