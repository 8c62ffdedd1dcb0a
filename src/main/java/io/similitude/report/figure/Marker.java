package io.similitude.report.figure;

import java.awt.Shape;
import java.awt.geom.Path2D;

/**
 * The markers on the points of a curve. They differ in shape; each is about as large as a circle.
 */
enum Marker {
  CIRCLE(16, 0, 1),
  SQUARE(4, 45, 1.2),
  TRIANGLE(3, 90, 1.35),
  DIAMOND(4, 0, 1.3),
  DOWNWARDS(3, -90, 1.35);

  private final int count;
  private final double degrees;
  private final double radius;

  Marker(int count, double degrees, double radius) {
    this.count = count;
    this.degrees = degrees;
    this.radius = radius;
  }

  /** The shape around (x, y), for a circle of radius {@code size}. */
  Shape around(double x, double y, double size) {
    Path2D path = new Path2D.Double();
    path.moveTo(x + size * x(0), y + size * y(0));
    for (int k = 1; k < count; k++) {
      path.lineTo(x + size * x(k), y + size * y(k));
    }
    path.closePath();
    return path;
  }

  private double x(int corner) {
    return radius * Math.cos(angle(corner));
  }

  /** The vertical position of a corner, downwards as on every screen. */
  private double y(int corner) {
    return -radius * Math.sin(angle(corner));
  }

  private double angle(int corner) {
    return Math.toRadians(degrees + 360.0 * corner / count);
  }
}
