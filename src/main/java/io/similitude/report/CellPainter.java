package io.similitude.report;

import io.similitude.similarity.measure.MeasureValue;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.geom.Line2D;

/**
 * Paints a cell: the colour of its value, a minus or a plus where that lies below or above the
 * scale, hatching where there is none.
 */
final class CellPainter {
  static final Color HATCH = new Color(0x7d8790);

  private static final int HATCH_STEP = 4;

  private final Graphics2D g;

  CellPainter(Graphics2D g) {
    this.g = g;
  }

  void paint(MeasureValue cell, Rectangle place) {
    if (cell.value().isEmpty()) {
      hatch(place);
      return;
    }
    double value = cell.value().getAsDouble();
    g.setColor(ColourMap.of(value));
    g.fill(place);
    if (value < 0) {
      mark(place, Color.WHITE, false);
    } else if (value > 1) {
      mark(place, Picture.INK, true);
    }
  }

  private void mark(Rectangle place, Color colour, boolean plus) {
    double half = place.width * 0.22;
    double x = place.getCenterX();
    double y = place.getCenterY();
    g.setColor(colour);
    g.setStroke(new BasicStroke(0.9f));
    g.draw(new Line2D.Double(x - half, y, x + half, y));
    if (plus) {
      g.draw(new Line2D.Double(x, y - half, x, y + half));
    }
  }

  /** Diagonals x + y = c, so that they run on from cell to cell. */
  private void hatch(Rectangle place) {
    Shape clip = g.getClip();
    g.setColor(Color.WHITE);
    g.fill(place);
    g.clip(place);
    g.setColor(HATCH);
    g.setStroke(new BasicStroke(0.8f));
    int first = Math.floorDiv(place.x + place.y, HATCH_STEP) * HATCH_STEP;
    int last = place.x + place.y + place.width + place.height;
    for (int c = first; c <= last; c += HATCH_STEP) {
      g.draw(new Line2D.Double(c - place.y, place.y, c - place.getMaxY(), place.getMaxY()));
    }
    g.setClip(clip);
  }
}
