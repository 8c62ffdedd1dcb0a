package io.similitude.attack;

import io.similitude.attack.search.Rendering;
import io.similitude.dataset.image.ImageShape;

/**
 * A rotation about an image's centre, counterclockwise for the viewer, then a shift.
 *
 * @param right in pixels
 * @param down in pixels
 */
record Pose(double degrees, double right, double down) {
  /** The image in this pose, with bilinear interpolation and 0 outside. */
  float[] of(ImageShape shape, float[] pixels) {
    double cosine = Math.cos(Math.toRadians(degrees));
    double sine = Math.sin(Math.toRadians(degrees));
    double middleX = (shape.width() - 1) / 2.0;
    double middleY = (shape.height() - 1) / 2.0;
    int plane = shape.height() * shape.width();
    float[] posed = new float[pixels.length];
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        double shiftedX = x - right - middleX;
        double shiftedY = y - down - middleY;
        double fromX = cosine * shiftedX - sine * shiftedY + middleX;
        double fromY = sine * shiftedX + cosine * shiftedY + middleY;
        for (int channel = 0; channel < shape.channels(); channel++) {
          posed[channel * plane + y * shape.width() + x] =
              Rendering.clamp(between(shape, pixels, channel * plane, fromX, fromY));
        }
      }
    }
    return posed;
  }

  private static double between(ImageShape shape, float[] pixels, int plane, double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double toRight = x - left;
    double toBottom = y - top;
    return (1 - toBottom)
            * ((1 - toRight) * at(shape, pixels, plane, left, top)
                + toRight * at(shape, pixels, plane, left + 1, top))
        + toBottom
            * ((1 - toRight) * at(shape, pixels, plane, left, top + 1)
                + toRight * at(shape, pixels, plane, left + 1, top + 1));
  }

  private static float at(ImageShape shape, float[] pixels, int plane, int x, int y) {
    return x < 0 || y < 0 || x >= shape.width() || y >= shape.height()
        ? 0
        : pixels[plane + y * shape.width() + x];
  }
}
