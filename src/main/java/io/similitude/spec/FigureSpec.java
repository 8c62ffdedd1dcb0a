package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import io.similitude.spec.key.Keyword;
import java.io.Serializable;

/**
 * The appearance of the figures of a report.
 *
 * @param columns the width of a figure in columns of a paper, 1 or 2; 0: as wide as needed
 * @param fontSize in points
 * @param title whether a figure has a title at the top
 * @param ticks the labels along an axis of layers
 */
public record FigureSpec(int columns, double fontSize, boolean title, Ticks ticks)
    implements Serializable {
  public static final double DEFAULT_FONT_SIZE = 9;
  public static final double MIN_FONT_SIZE = 4;
  public static final double MAX_FONT_SIZE = 24;
  public static final int MAX_COLUMNS = 2;

  public static final FigureSpec DEFAULT = new FigureSpec(0, DEFAULT_FONT_SIZE, true, Ticks.LAYERS);

  /** The labels along an axis of layers. */
  public enum Ticks implements Keyword {
    /** The name of each layer, if there is space. */
    LAYERS,
    /** The name of each layer, with only the numbers of the modules around it. */
    SHORT,
    /** One name for all layers of a block. */
    BLOCKS
  }

  public FigureSpec {
    requireNonNull(ticks, "ticks");
    if (columns < 0 || columns > MAX_COLUMNS) {
      throw new IllegalArgumentException("Invalid columns: " + columns + " (must be 0 to 2)");
    }
    if (!(fontSize >= MIN_FONT_SIZE && fontSize <= MAX_FONT_SIZE)) {
      throw new IllegalArgumentException("Invalid font size: " + fontSize + " (must be 4 to 24)");
    }
  }
}
