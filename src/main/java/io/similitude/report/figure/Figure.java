package io.similitude.report.figure;

import java.awt.Graphics2D;
import java.util.List;
import java.util.function.Consumer;

/** A chart that paints itself in the same way for every format. Lengths are in points. */
public interface Figure {
  double width();

  double height();

  /** A description in one line, for readers who cannot see the figure. */
  String description();

  /** The layers of the figure, from bottom to top. */
  List<Layer> layers();

  /** Paints all layers. */
  default void paint(Graphics2D g) {
    layers().forEach(layer -> layer.painter().accept(g));
  }

  /**
   * A part of a figure.
   *
   * @param name the class of its group in the SVG; the page's script uses it
   */
  record Layer(String name, Consumer<Graphics2D> painter) {}
}
