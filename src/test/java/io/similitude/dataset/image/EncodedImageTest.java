package io.similitude.dataset.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.dataset.Fixtures;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.input.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public final class EncodedImageTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "420.jpg",
        "422.jpg",
        "444.jpg",
        "420-no-jfif.jpg",
        "444-no-jfif.jpg",
        "progressive.jpg",
        "turned-by-exif.jpg",
        "grey.jpg",
        "cmyk.jpg",
        "ycck.jpg",
        "rgb.png",
        "rgba.png",
        "palette.png",
        "bits.png",
        "grey.png",
        "grey-alpha.png",
        "grey-16.png"
      })
  void hasThePixelsOfPillow(String name) {
    Image image = new EncodedImage(name, bytes(name)).decode();
    NpyArray expected = Fixtures.npy("images/" + name + ".npy");
    assertThat(image.shape()).isEqualTo(new ImageShape(3, 45, 60));
    assertThat(new EncodedImage(name, bytes(name)).shape()).isEqualTo(image.shape());
    // The same integers, so not one may differ.
    assertThat(image.pixels()).containsExactly(planes(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"420.jpg", "progressive.jpg", "grey.jpg", "cmyk.jpg", "rgb.png"})
  void isAnErrorWhenItIsCutOffAnywhere(String name) {
    byte[] whole = bytes(name);
    for (int fiftieth = 0; fiftieth < 50; fiftieth++) {
      byte[] part = Arrays.copyOf(whole, whole.length * fiftieth / 50);
      assertThatThrownBy(() -> new EncodedImage("data/" + name, part).decode())
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("Cannot read image data/%s: ", name)
          .hasMessageEndingWith(" (was it copied or downloaded whole?)")
          .hasMessageNotContaining("\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"420.jpg", "progressive.jpg", "cmyk.jpg", "palette.png", "grey-16.png"})
  void isAnImageOrAnErrorWithAnyByteChanged(String name) {
    Random random = new Random(0);
    byte[] whole = bytes(name);
    for (int i = 0; i < 300; i++) {
      byte[] changed = whole.clone();
      // Half of the changes in the headers, where lengths are.
      int place = random.nextInt(i % 2 == 0 ? Math.min(200, whole.length) : whole.length);
      changed[place] = (byte) random.nextInt(256);
      try {
        Image image = new EncodedImage(name, changed).decode();
        assertThat(image.shape().channels()).isEqualTo(3);
      } catch (InputException e) {
        assertThat(e).hasMessageStartingWith("Cannot read image %s: ", name);
      }
    }
  }

  @Test
  void saysWhatIsNoImage() {
    assertThatThrownBy(() -> new EncodedImage("a.JPEG", "GIF89a.....".getBytes(UTF_8)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot read image a.JPEG: it is neither JPEG nor PNG, it begins with 0x4749463839612e2e"
                + " (was it copied or downloaded whole?)");
    assertThatThrownBy(() -> new EncodedImage("a.JPEG", new byte[0]))
        .hasMessage(
            "Cannot read image a.JPEG: it is neither JPEG nor PNG, it begins with nothing:"
                + " it is empty (was it copied or downloaded whole?)");
  }

  @Test
  void refusesMorePixelsThanItCanHold() {
    byte[] png = bytes("rgb.png");
    ByteBuffer.wrap(png).putInt(16, 30_000).putInt(20, 30_000);
    assertThatThrownBy(() -> new EncodedImage("a.png", png).decode())
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot read image a.png: it has 30000 x 30000 pixels, more than 67108864"
                + " (was it copied or downloaded whole?)");
  }

  @Test
  void refusesAPngChunkThatIsLongerThanTheFile() {
    byte[] png = bytes("palette.png");
    int palette = new String(png, ISO_8859_1).indexOf("PLTE");
    ByteBuffer.wrap(png).putInt(palette - 4, Integer.MAX_VALUE);
    assertThatThrownBy(() -> new EncodedImage("a.png", png).decode())
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot read image a.png: a PNG chunk of 2147483647 bytes goes on beyond its end"
                + " (was it copied or downloaded whole?)");
  }

  public static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(Fixtures.path("images/" + name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Height x width x 3 bytes to 3 x height x width in [0, 1]. */
  private static float[] planes(NpyArray image) {
    int plane = image.shape()[0] * image.shape()[1];
    byte[] bytes = image.bytes();
    float[] pixels = new float[3 * plane];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (bytes[i % plane * 3 + i / plane] & 0xff) / 255f;
    }
    return pixels;
  }
}
