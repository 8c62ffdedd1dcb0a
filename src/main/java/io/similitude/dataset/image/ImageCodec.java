package io.similitude.dataset.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageReader;

/** The differences between JPEG and PNG. */
enum ImageCodec {
  JPEG("\u00ff\u00d8\u00ff") {
    @Override
    void check(byte[] file) throws IOException {
      JpegColours.of(file);
    }

    @Override
    float[] pixels(ImageReader reader, byte[] file) throws IOException {
      return JpegPixels.read(reader, JpegColours.of(file));
    }
  },
  PNG("\u0089PNG\r\n\u001a\n") {
    @Override
    void check(byte[] file) throws IOException {
      PngPixels.requireWholeChunks(file);
    }

    @Override
    float[] pixels(ImageReader reader, byte[] file) throws IOException {
      return PngPixels.read(reader, file);
    }
  };

  private final String magic;

  ImageCodec(String magic) {
    this.magic = magic;
  }

  static Optional<ImageCodec> of(byte... file) {
    return Arrays.stream(values()).filter(codec -> codec.begins(file)).findFirst();
  }

  private boolean begins(byte... file) {
    int length = Math.min(file.length, magic.length());
    return new String(file, 0, length, ISO_8859_1).equals(magic);
  }

  /** The name of the JDK's reader. */
  String formatName() {
    return name();
  }

  /** Refuses a file that would make the JDK's reader allocate memory for missing data. */
  abstract void check(byte[] file) throws IOException;

  /** The pixels of the reader's image, 3 x height x width, in [0, 1]. */
  abstract float[] pixels(ImageReader reader, byte[] file) throws IOException;
}
