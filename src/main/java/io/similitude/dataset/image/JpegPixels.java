package io.similitude.dataset.image;

import java.awt.image.Raster;
import java.io.EOFException;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Converts the components of a JPEG file to RGB. It uses the integer arithmetic of libjpeg and
 * Pillow, so that pixels are equal and not only close.
 *
 * <p>Source: libjpeg-turbo, jdcolor.c, {@code ycc_rgb_convert} and {@code ycck_cmyk_convert};
 * Pillow, Convert.c, {@code cmyk2rgb}, for components that are stored inverted, as by Adobe.
 */
final class JpegPixels {
  private static final int WHITE = 255;
  private static final int CENTER = 128;
  private static final int FRACTION_BITS = 16;
  private static final int HALF = 1 << (FRACTION_BITS - 1);
  private static final int RED_OF_CR = fixed(1.40200);
  private static final int GREEN_OF_CB = fixed(0.34414);
  private static final int GREEN_OF_CR = fixed(0.71414);
  private static final int BLUE_OF_CB = fixed(1.77200);

  private final JpegColours colours;
  private final int[] rgb = new int[3];

  private JpegPixels(JpegColours colours) {
    this.colours = colours;
  }

  private static int fixed(double value) {
    return (int) (value * (1 << FRACTION_BITS) + 0.5);
  }

  static float[] read(ImageReader reader, JpegColours colours) throws IOException {
    Truncation truncation = new Truncation();
    reader.addIIOReadWarningListener(truncation);
    // A raster has the stored values, before the JDK's colour conversion.
    Raster raster = reader.readRaster(0, null);
    if (truncation.noticed) {
      throw new EOFException("it is cut off");
    }
    if (raster.getNumBands() != colours.components()) {
      throw new IOException(
          "it has %d colour components and promised %d"
              .formatted(raster.getNumBands(), colours.components()));
    }
    return new JpegPixels(colours).convert(raster);
  }

  private float[] convert(Raster raster) {
    int width = raster.getWidth();
    int plane = width * raster.getHeight();
    float[] pixels = new float[3 * plane];
    int bands = colours.components();
    int[] row = new int[width * bands];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        convert(row, x * bands);
        for (int channel = 0; channel < 3; channel++) {
          pixels[channel * plane + y * width + x] = rgb[channel] / (float) WHITE;
        }
      }
    }
    return pixels;
  }

  private void convert(int[] row, int at) {
    switch (colours) {
      case GREY -> set(row[at], row[at], row[at]);
      case RGB -> set(row[at], row[at + 1], row[at + 2]);
      case YCC -> setYcc(row[at], row[at + 1] - CENTER, row[at + 2] - CENTER);
      case CMYK -> {
        set(row[at], row[at + 1], row[at + 2]);
        ink(row[at + 3]);
      }
      case YCCK -> {
        setYcc(row[at], row[at + 1] - CENTER, row[at + 2] - CENTER);
        set(WHITE - rgb[0], WHITE - rgb[1], WHITE - rgb[2]);
        ink(row[at + 3]);
      }
    }
  }

  private void set(int red, int green, int blue) {
    rgb[0] = red;
    rgb[1] = green;
    rgb[2] = blue;
  }

  private void setYcc(int y, int cb, int cr) {
    set(
        clipped(y + ((RED_OF_CR * cr + HALF) >> FRACTION_BITS)),
        clipped(y + ((-GREEN_OF_CB * cb - GREEN_OF_CR * cr + HALF) >> FRACTION_BITS)),
        clipped(y + ((BLUE_OF_CB * cb + HALF) >> FRACTION_BITS)));
  }

  /** Converts inverted cyan, magenta and yellow to red, green and blue, with the inverted key. */
  private void ink(int key) {
    for (int channel = 0; channel < 3; channel++) {
      int product = (WHITE - rgb[channel]) * key + CENTER;
      int rounded = ((product >> Byte.SIZE) + product) >> Byte.SIZE;
      rgb[channel] = clipped(key - rounded);
    }
  }

  private static int clipped(int value) {
    return Math.max(0, Math.min(WHITE, value));
  }

  /** Detects a file that is cut off: the decoder fills missing data and only warns. */
  private static final class Truncation implements IIOReadWarningListener {
    private boolean noticed;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      noticed |= warning.startsWith("Truncated File");
    }
  }
}
