package io.similitude.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.analysis.Heatmap;
import io.similitude.report.Example;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import io.similitude.spec.FigureSpec;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HeatmapFigureTest {
  private static final FigureStyle STYLE = FigureStyle.of(FigureSpec.DEFAULT);
  private static final ValueScale SCALE = ValueScale.of(Example.CKA);

  @TempDir Path folder;

  @Test
  void aCellHasTheColourOfItsValue() {
    assertThat(colours(MeasureValue.of(0.4, 0.1)))
        .contains(SCALE.colourOf(SCALE.colour(0.4)))
        .doesNotContain(SCALE.colourOf(SCALE.colour(0.5)));
  }

  @Test
  void valuesOutsideTheScaleAreMarked() {
    assertThat(marks(MeasureValue.of(-0.01, 0.1)).below().getCurrentPoint()).isNotNull();
    assertThat(marks(MeasureValue.of(1.01, 0.1)).above().getCurrentPoint()).isNotNull();
    CellMarks none = marks(MeasureValue.of(0.5, 0.1));
    assertThat(none.below().getCurrentPoint()).isNull();
    assertThat(none.above().getCurrentPoint()).isNull();
  }

  @Test
  void aMissingCellIsHatchedOnWhite() {
    Set<Color> colours = colours(missing());

    assertThat(colours).contains(Color.WHITE).hasSizeGreaterThan(1);
    assertThat(colours)
        .allSatisfy(c -> assertThat(c.getBlue() - c.getRed()).as("greyish").isBetween(0, 25));
  }

  @Test
  void thePictureHoldsEveryValueAndTheWholeScale() throws IOException {
    BufferedImage image = written(map(20, MeasureValue.of(0.4, 0.1)));

    Set<Color> colours = colours(image, image.getWidth(), image.getHeight());
    assertThat(colours).contains(colour(0.4), colour(0.1), colour(0.9));
  }

  @Test
  void manyLayersStayOnAPage() throws IOException {
    BufferedImage image = written(map(200, missing()));

    assertThat(image.getWidth()).isBetween(2 * 600, 2 * 950);
    assertThat(image.getHeight()).isBetween(2 * 600, 2 * 950);
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
    PngFigure.write(new HeatmapFigure(map, STYLE), STYLE.pixelsAPoint(), file);
    return ImageIO.read(file.toFile());
  }

  private static Color colour(double value) {
    return SCALE.colourOf(SCALE.colour(value));
  }

  private static CellMarks marks(MeasureValue cell) {
    Heatmap map = map(1, cell);
    return CellMarks.of(
        map, SCALE, HeatmapLayout.of(map.rowLayers(), map.columnLayers(), true, STYLE));
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

  /** Within the only cell of a heatmap. */
  private Set<Color> colours(MeasureValue cell) {
    try {
      Heatmap map = map(1, cell);
      HeatmapLayout place = HeatmapLayout.of(map.rowLayers(), map.columnLayers(), true, STYLE);
      BufferedImage image = written(map);
      int left = (int) Math.ceil(2 * place.left());
      int top = (int) Math.ceil(2 * place.top());
      int side = (int) (2 * place.cell()) - 2;
      return colours(image.getSubimage(left, top, side, side), side, side);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
