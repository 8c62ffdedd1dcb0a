package io.similitude.report.figure;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * The single font of all figures, and their text colours.
 *
 * <p>The font comes with PDFBox, so that a figure has the same layout on every machine. Its letters
 * have the widths of Arial and Helvetica, which SVG viewers without this font use instead.
 */
final class Typeface {
  static final String NAME = "Liberation Sans";
  static final Color INK = new Color(0x22262b);
  static final Color QUIET = new Color(0x5c666f);
  static final Color RULE = new Color(0xdfe3e6);

  private static final String RESOURCE =
      "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private static final Font REGULAR = read();

  private Typeface() {}

  /** The font for a text. If ours lacks a letter, it is a font of the system. */
  static Font of(String text, double size) {
    Font font = REGULAR.canDisplayUpTo(text) < 0 ? REGULAR : new Font(Font.SANS_SERIF, 0, 1);
    return font.deriveFont((float) size);
  }

  /** The font's file, for embedding. */
  static InputStream open() {
    return PDDocument.class.getResourceAsStream(RESOURCE);
  }

  private static Font read() {
    try (InputStream in = open()) {
      return Font.createFont(Font.TRUETYPE_FONT, in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (FontFormatException e) {
      throw new IllegalStateException("PDFBox's font is a font", e);
    }
  }
}
