package io.similitude.spec.reader;

import java.util.Comparator;

/**
 * The position of something in a spec.
 *
 * @param source the file, or the whole override as the user gave it
 * @param line from 1; 0 for an override, which has no lines
 * @param column from 1; 0 for an override
 */
record Place(String source, int line, int column) {
  /** The order for messages: first the file from top to bottom, then the overrides. */
  static final Comparator<Place> READING_ORDER =
      Comparator.<Place>comparingInt(place -> place.line == 0 ? Integer.MAX_VALUE : place.line)
          .thenComparingInt(Place::column);

  static Place startOf(String file) {
    return new Place(file, 1, 1);
  }

  static Place override(String text) {
    return new Place("--set " + text, 0, 0);
  }

  /** A place in the same source. */
  Place at(int newLine, int newColumn) {
    return line == 0 ? this : new Place(source, newLine, newColumn);
  }

  @Override
  public String toString() {
    return line == 0 ? source : source + ":" + line + ":" + column;
  }
}
