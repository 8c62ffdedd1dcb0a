package io.similitude.dataset.image;

import io.similitude.input.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The bytes of a JPEG or PNG file. The first bytes decide which of the two, not the name. They are
 * decoded to 3 x height x width in [0, 1].
 *
 * <p>The values are those of {@code PIL.Image.open(file).convert("RGB")}, which is how torchvision
 * loads images: grey is repeated, alpha is dropped, a palette is looked up, CMYK becomes RGB by
 * Pillow's formula, and neither the orientation of EXIF nor a colour profile is applied. For
 * samples of 16 bits the upper eight are kept. But grey of 16 bits without alpha is clipped to 255,
 * as in Pillow.
 */
public final class EncodedImage {
  /** Slightly more than the largest image of ImageNet. As floats this is 800 MB. */
  static final int MOST_PIXELS = 1 << 26;

  private static final int CHANNELS = 3;

  private final String name;
  private final byte[] bytes;
  private final ImageCodec codec;

  /**
   * Wraps bytes that may or may not be an image.
   *
   * @param name the name in messages
   */
  public EncodedImage(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
    this.codec =
        ImageCodec.of(bytes)
            .orElseThrow(
                () -> cannotRead("it is neither JPEG nor PNG, it begins with " + start(bytes)));
  }

  private static String start(byte... bytes) {
    return bytes.length == 0
        ? "nothing: it is empty"
        : "0x" + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 8));
  }

  /** The shape, from the header alone. */
  public ImageShape shape() {
    return reading(this::shape);
  }

  /** The pixels. An image that is cut off is an error. */
  public Image decode() {
    return reading(
        reader -> {
          ImageShape shape = shape(reader);
          return new Image(shape, codec.pixels(reader, bytes));
        });
  }

  private ImageShape shape(ImageReader reader) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if ((long) width * height > MOST_PIXELS) {
      throw cannotRead("it has %d x %d pixels, more than %d".formatted(width, height, MOST_PIXELS));
    }
    return new ImageShape(CHANNELS, height, width);
  }

  private interface Reading<T> {
    T read(ImageReader reader) throws IOException;
  }

  private <T> T reading(Reading<T> reading) {
    ImageReader reader = ImageIO.getImageReadersByFormatName(codec.formatName()).next();
    try {
      codec.check(bytes);
      // Metadata is not needed, and it may be malicious.
      reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes)), true, true);
      return reading.read(reader);
    } catch (InputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The decoders of the JDK throw any kind of exception for broken files.
      throw new InputException(cannotRead(why(e)).getMessage(), e);
    } finally {
      reader.dispose();
    }
  }

  private static String why(Exception failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? "its " + failure.getClass().getSimpleName()
        : message.strip().replaceAll("\\s+", " ");
  }

  private InputException cannotRead(String why) {
    return new InputException(
        "Cannot read image %s: %s (was it copied or downloaded whole?)".formatted(name, why));
  }
}
