package io.similitude.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.analysis.Heatmap;
import io.similitude.report.Example;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.spec.FigureSpec;
import io.similitude.spec.FigureSpec.Ticks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures as files: their sizes, their texts, their ticks. */
final class FigureFilesTest {
  private static final List<String> LAYERS =
      List.of("conv1", "block1.layer.0.conv1", "block1.layer.1.conv2", "block2.layer.0.conv1");

  @TempDir Path folder;

  @Test
  void aColumnOfAPaperHasItsWidthInEveryFormat() throws IOException {
    write(new FigureSpec(1, 8, true, Ticks.LAYERS));

    try (PDDocument pdf = Loader.loadPDF(folder.resolve("map.pdf").toFile())) {
      assertThat(pdf.getPage(0).getMediaBox().getWidth()).isEqualTo(238);
      assertThat(new PDFTextStripper().getText(pdf))
          .contains("block1.layer.0.conv1", "standard / benign  \u00d7  robust / benign");
    }
    assertThat(Files.readString(folder.resolve("map.svg")))
        .contains("width=\"238.00pt\"", ">block1.layer.0.conv1</text>", "Arial");
    assertThat(ImageIO.read(folder.resolve("map.png").toFile()).getWidth())
        .isCloseTo(238 * 300 / 72, within(2));
  }

  @Test
  void theTitleCanBeLeftOut() throws IOException {
    write(new FigureSpec(2, 8, false, Ticks.LAYERS));

    assertThat(Files.readString(folder.resolve("map.svg")))
        .doesNotContain("benign  \u00d7  robust / benign</text>");
  }

  @Test
  void ticksAreLayersOrShortOrBlocks() {
    assertThat(TickNames.ofShortLayers(LAYERS).names())
        .containsExactly("conv1", "1.0.conv1", "1.1.conv2", "2.0.conv1");
    TickNames blocks = TickNames.ofBlocks(LAYERS);
    assertThat(blocks.names()).containsExactly("conv1", "block1", "block2");
    assertThat(blocks.middle(1)).isEqualTo(2);
  }

  @Test
  void theSameFigureMakesTheSameFiles() throws IOException {
    write(FigureSpec.DEFAULT);
    byte[] pdf = Files.readAllBytes(folder.resolve("map.pdf"));
    String svg = Files.readString(folder.resolve("map.svg"));

    write(FigureSpec.DEFAULT);

    assertThat(Files.readAllBytes(folder.resolve("map.pdf"))).isEqualTo(pdf);
    assertThat(Files.readString(folder.resolve("map.svg"))).isEqualTo(svg);
  }

  private void write(FigureSpec spec) throws IOException {
    FigureStyle style = FigureStyle.of(spec);
    Heatmap map =
        new Heatmap(
            Example.CKA,
            Example.STANDARD,
            Example.ROBUST,
            LAYERS,
            LAYERS,
            Collections.nCopies(LAYERS.size() * LAYERS.size(), MeasureValue.of(0.4, 0.1)));
    new FigureFiles(folder, style).write(new HeatmapFigure(map, style), "map");
  }
}
