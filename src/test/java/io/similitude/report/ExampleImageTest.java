package io.similitude.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.analysis.ShownExample;
import io.similitude.dataset.image.ImageShape;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

final class ExampleImageTest {
  private static final String PREFIX = "data:image/png;base64,";

  @Test
  void threeChannelsAreColours() throws IOException {
    ShownExample example =
        example(3, new float[] {0.2f, 1, 0.4f, 0, 0.6f, 0}, new float[] {0, 0, 0, 0, 1, 7});

    BufferedImage benign = decoded(ExampleImage.benign(example));
    BufferedImage perturbed = decoded(ExampleImage.perturbed(example));

    assertThat(benign.getWidth()).isEqualTo(2);
    assertThat(benign.getHeight()).isEqualTo(1);
    assertThat(new Color(benign.getRGB(0, 0))).isEqualTo(new Color(51, 102, 153));
    assertThat(new Color(benign.getRGB(1, 0))).isEqualTo(Color.RED);
    assertThat(new Color(perturbed.getRGB(0, 0))).isEqualTo(Color.BLUE);
    assertThat(new Color(perturbed.getRGB(1, 0))).as("7 is shown as 1").isEqualTo(Color.BLUE);
  }

  @Test
  void oneChannelIsGrey() throws IOException {
    BufferedImage image =
        decoded(ExampleImage.benign(example(1, new float[] {0.2f, 1}, new float[2])));

    assertThat(new Color(image.getRGB(0, 0))).isEqualTo(new Color(51, 51, 51));
  }

  @Test
  void aPerturbationIsMagnifiedAroundGrey() throws IOException {
    ShownExample example = example(1, new float[] {0.5f, 0.5f}, new float[] {0.525f, 0.475f});

    BufferedImage image = decoded(ExampleImage.perturbation(example, 4));

    assertThat(new Color(image.getRGB(0, 0)).getRed()).isEqualTo(153);
    assertThat(new Color(image.getRGB(1, 0)).getRed()).isEqualTo(102);
  }

  @Test
  void theLargestChangeJustReachesBlackOrWhite() {
    assertThat(magnification(16 / 255f)).isEqualTo(7);
    assertThat(magnification(0.5f)).isEqualTo(1);
    assertThat(magnification(0.7f)).isEqualTo(0.5);
    assertThat(magnification(1e-6f)).isEqualTo(255);
    assertThat(magnification(0)).isEqualTo(255);
  }

  private static double magnification(float change) {
    return ExampleImage.magnification(
        List.of(
            example(1, new float[2], new float[2]),
            example(1, new float[2], new float[] {0, change})));
  }

  private static ShownExample example(int channels, float[] benign, float[] perturbed) {
    return new ShownExample(
        0, OptionalInt.of(0), 0, 0, new ImageShape(channels, 1, 2), benign, perturbed);
  }

  private static BufferedImage decoded(String uri) throws IOException {
    assertThat(uri).startsWith(PREFIX);
    byte[] png = Base64.getDecoder().decode(uri.substring(PREFIX.length()));
    return ImageIO.read(new ByteArrayInputStream(png));
  }
}
