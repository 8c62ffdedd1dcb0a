package io.similitude.report.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a figure as PNG, SVG and PDF under one name. */
public final class FigureFiles {
  private final Path folder;
  private final FigureStyle style;

  public FigureFiles(Path folder, FigureStyle style) {
    this.folder = folder;
    this.style = style;
  }

  public void write(Figure figure, String stem) throws IOException {
    PngFigure.write(figure, style.pixelsAPoint(), folder.resolve(stem + ".png"));
    Files.writeString(folder.resolve(stem + ".svg"), SvgFigure.file(figure));
    PdfFigure.write(figure, folder.resolve(stem + ".pdf"));
  }
}
