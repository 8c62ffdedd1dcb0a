package io.similitude.report.figure;

import java.awt.Graphics2D;
import java.util.List;
import java.util.function.Consumer;

/** A chart that paints itself, once for every format. Lengths are in points. */
public interface Figure {
  double width();

  double height();

  /** What it shows, in one line, for those who cannot see it. */
  String description();

  /** What lies on it, from the ground up. */
  List<Layer> layers();

  /** Paints all layers. */
  default void paint(Graphics2D g) {
    layers().forEach(layer -> layer.painter().accept(g));
  }

  /**
   * A part of a figure.
   *
   * @param name the class of its group in the SVG, by which the page's script finds it
   */
  record Layer(String name, Consumer<Graphics2D> painter) {}
}
