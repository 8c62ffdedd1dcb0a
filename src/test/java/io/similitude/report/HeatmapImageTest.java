package io.similitude.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.analysis.Heatmap;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HeatmapImageTest {
  private static final int SIDE = 15;

  @TempDir Path folder;

  @Test
  void aCellHasTheColourOfItsValueAndNoOther() {
    assertThat(colours(MeasureValue.of(0.4, 0.1))).containsExactly(ColourMap.of(0.4));
  }

  @Test
  void valuesOutsideTheScaleAreMarked() {
    assertThat(colours(MeasureValue.of(-0.01, 0.1)))
        .contains(ColourMap.of(0), Color.WHITE)
        .hasSizeGreaterThan(1);
    assertThat(colours(MeasureValue.of(1.01, 0.1))).contains(ColourMap.of(1)).hasSizeGreaterThan(1);
  }

  @Test
  void aMissingCellIsHatchedOnWhite() {
    Set<Color> colours = colours(missing());

    assertThat(colours).contains(Color.WHITE).hasSizeGreaterThan(1);
    assertThat(colours)
        .allSatisfy(c -> assertThat(c.getBlue() - c.getRed()).as("greyish").isBetween(0, 20));
  }

  @Test
  void paintsNothingOutsideTheCell() {
    BufferedImage image = painted(missing());

    assertThat(new Color(image.getRGB(SIDE, SIDE / 2))).isEqualTo(Color.BLACK);
    assertThat(new Color(image.getRGB(SIDE / 2, SIDE))).isEqualTo(Color.BLACK);
  }

  @Test
  void thePictureHoldsEveryValueAndTheWholeScale() throws IOException {
    BufferedImage image = written(map(3, MeasureValue.of(0.4, 0.1)));

    Set<Color> colours = colours(image, image.getWidth(), image.getHeight());
    assertThat(colours).contains(ColourMap.of(0.4), ColourMap.of(0.1), ColourMap.of(0.9));
  }

  @Test
  void manyLayersStayOnAPage() throws IOException {
    BufferedImage image = written(map(200, missing()));

    assertThat(image.getWidth()).isBetween(2 * 600, 2 * 900);
    assertThat(image.getHeight()).isBetween(2 * 600, 2 * 900);
  }

  @Test
  void theLegendCountsWhatIsHatchedAndMarked() {
    Heatmap map =
        new Heatmap(
            Example.CKA,
            Example.STANDARD,
            Example.ROBUST,
            List.of("a"),
            List.of("b", "c", "d", "e"),
            List.of(
                missing(),
                MeasureValue.missing(Status.NOT_COMPARED),
                missing(),
                MeasureValue.of(-0.1, 0.1)));

    assertThat(Legend.of(map))
        .extracting(Legend::text)
        .containsExactly(
            "no value: constant-layer (2 cells), not-compared (1 cell)", "below 0 (1 cell)");
  }

  private static MeasureValue missing() {
    return MeasureValue.missing(Status.CONSTANT_LAYER);
  }

  private BufferedImage written(Heatmap map) throws IOException {
    Path file = folder.resolve("map.png");
    HeatmapImage.write(map, file);
    return ImageIO.read(file.toFile());
  }

  private static Heatmap map(int layers, MeasureValue cell) {
    List<String> names = IntStream.range(0, layers).mapToObj(i -> "layer" + i).toList();
    return new Heatmap(
        Example.CKA,
        Example.STANDARD,
        Example.ROBUST,
        names,
        names,
        Collections.nCopies(layers * layers, cell));
  }

  private static Set<Color> colours(MeasureValue cell) {
    return colours(painted(cell), SIDE, SIDE);
  }

  private static BufferedImage painted(MeasureValue cell) {
    BufferedImage image = new BufferedImage(SIDE + 5, SIDE + 5, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    new CellPainter(g).paint(cell, new Rectangle(0, 0, SIDE, SIDE));
    g.dispose();
    return image;
  }

  private static Set<Color> colours(BufferedImage image, int width, int height) {
    Set<Color> colours = new HashSet<>();
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        colours.add(new Color(image.getRGB(x, y)));
      }
    }
    return colours;
  }
}
