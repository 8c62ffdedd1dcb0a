package io.similitude.dataset.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageReader;

/** Converts the samples of a PNG file to RGB. */
final class PngPixels {
  private static final float WHITE = 255;
  private static final int BYTE_MASK = 0xff;
  private static final int SIGNATURE_BYTES = 8;

  /** The bytes of length, type and checksum around a chunk's body. */
  private static final int CHUNK_BYTES = 12;

  /**
   * The position of the bit depth in the header chunk, which is the first: after its length, its
   * type, width and height.
   */
  private static final int BIT_DEPTH_AT = SIGNATURE_BYTES + 16;

  private static final int COLOUR_TYPE_AT = BIT_DEPTH_AT + 1;

  private PngPixels() {}

  /**
   * Checks that no chunk claims to be longer than the file. Bytes after the last chunk do not
   * matter.
   */
  static void requireWholeChunks(byte... file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(file).position(SIGNATURE_BYTES);
    while (bytes.remaining() >= CHUNK_BYTES) {
      int length = bytes.getInt(bytes.position());
      if (length < 0 || length > bytes.remaining() - CHUNK_BYTES) {
        throw new EOFException(
            "a PNG chunk of %d bytes goes on beyond its end"
                .formatted(Integer.toUnsignedLong(length)));
      }
      bytes.position(bytes.position() + CHUNK_BYTES + length);
    }
  }

  /**
   * Whether the image is grey of 16 bits. Pillow keeps such values and clips them when it converts
   * them to bytes.
   */
  private static boolean isGreyOf16Bits(byte... file) {
    return file.length > COLOUR_TYPE_AT && file[BIT_DEPTH_AT] == 16 && file[COLOUR_TYPE_AT] == 0;
  }

  static float[] read(ImageReader reader, byte... file) throws IOException {
    boolean clips = isGreyOf16Bits(file);
    BufferedImage image = reader.read(0);
    int width = image.getWidth();
    int plane = width * image.getHeight();
    float[] pixels = new float[3 * plane];
    int[] row = new int[width];
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < image.getHeight(); y++) {
        bytes(image, channel, y, clips, row);
        for (int x = 0; x < width; x++) {
          pixels[channel * plane + y * width + x] = row[x] / WHITE;
        }
      }
    }
    return pixels;
  }

  /** Reads one channel of one row, 0 to 255. Alpha is the last band and is never requested. */
  private static void bytes(BufferedImage image, int channel, int y, boolean clips, int... row) {
    Raster raster = image.getRaster();
    ColorModel colours = image.getColorModel();
    int band = raster.getNumBands() < 3 ? 0 : channel;
    raster.getSamples(0, y, row.length, 1, band, row);
    int shift = (2 - channel) * Byte.SIZE;
    for (int x = 0; x < row.length; x++) {
      if (colours instanceof IndexColorModel palette) {
        row[x] = palette.getRGB(row[x]) >> shift & BYTE_MASK;
      } else if (raster.getTransferType() == DataBuffer.TYPE_USHORT) {
        row[x] = clips ? Math.min(row[x], BYTE_MASK) : row[x] >> Byte.SIZE;
      }
    }
  }
}
