package io.similitude.report.figure;

import io.similitude.spec.FigureSpec;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines over an axis, with bands of one standard error, and a legend below.
 *
 * @param heading what the chart shows
 * @param subtitle how it was measured
 * @param hasLegend whether the chart names its lines; the page has one legend for all charts
 */
public record LineChart(
    String heading,
    String subtitle,
    ValueAxis axis,
    ChartAxis bottom,
    List<ChartLine> lines,
    boolean hasLegend,
    FigureStyle style)
    implements Figure {
  private static final double PLOT_WIDTH = 700;

  /** The height of the plot, relative to the width. */
  private static final double PLOT_HEIGHT = 0.43;

  public LineChart {
    lines = List.copyOf(lines);
  }

  @Override
  public double width() {
    return left() + plotWidth() + style.margin() + style.tenths(6);
  }

  @Override
  public double height() {
    double legend = hasLegend ? style.tenths(8) + legendLine() * lines.size() : 0;
    return Math.ceil(end() + bottom.height(style) + legend + style.margin());
  }

  @Override
  public String description() {
    return heading + "; " + subtitle + "; lines: " + lines.size();
  }

  /** The axes, then one layer for each line with its band. */
  @Override
  public List<Layer> layers() {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer("titles", this::paintTitles));
    layers.add(new Layer("axes", this::paintAxes));
    for (ChartLine line : lines) {
      layers.add(new Layer("band", g -> painter(g).paintBand(line, lines.size())));
    }
    for (ChartLine line : lines) {
      layers.add(new Layer("line", g -> painter(g).paintLine(line)));
    }
    if (hasLegend) {
      layers.add(new Layer("legend", this::paintLegend));
    }
    return layers;
  }

  public double left() {
    double numbers =
        Math.max(
            TextPainter.width("-0.0", style.fontSize()),
            TextPainter.widest(
                axis.ticks().stream().map(ValueAxis.Tick::label).toList(), style.fontSize()));
    return style.margin() + style.tenths(8) + numbers;
  }

  public double top() {
    return style.margin() + style.titleHeight();
  }

  public double plotWidth() {
    return style.isForPrint()
        ? style.width() - left() - style.margin() - style.tenths(6)
        : PLOT_WIDTH;
  }

  public double plotHeight() {
    return PLOT_HEIGHT * plotWidth();
  }

  private double end() {
    return top() + plotHeight();
  }

  public CurvePainter painter(Graphics2D g) {
    return new CurvePainter(g, this::x, this::y);
  }

  private double x(double place) {
    return left() + plotWidth() * place;
  }

  private double y(double value) {
    return end() - plotHeight() * axis.place(value);
  }

  private void paintTitles(Graphics2D g) {
    new ChartTitles(heading, subtitle).paint(g, width(), style);
  }

  private void paintAxes(Graphics2D g) {
    TextPainter text = new TextPainter(g, style.fontSize(), Typeface.INK);
    double half = TextPainter.halfLetter(style.fontSize());
    g.setStroke(new BasicStroke(0.75f));
    for (ValueAxis.Tick tick : axis.ticks()) {
      double y = y(tick.value());
      g.setColor(Typeface.RULE);
      g.draw(new Line2D.Double(left(), y, left() + plotWidth(), y));
      text.upTo(tick.label(), left() - style.tenths(8), y + half);
    }
    paintLabels(text, half);
    double middle = left() + plotWidth() / 2;
    new TextPainter(g, style.subheading(), Typeface.QUIET)
        .around(bottom.title(), middle, end() + bottom.height(style) - style.tenths(2));
  }

  private void paintLabels(TextPainter text, double half) {
    List<String> labels = bottom.labels();
    double size = style.fontSize();
    boolean isBlocks = bottom.isRising() && style.ticks() == FigureSpec.Ticks.BLOCKS;
    int step =
        bottom.isRising() && !isBlocks ? 1 + (int) ((size + 1) * labels.size() / plotWidth()) : 1;
    for (int k = 0; k < labels.size(); k += step) {
      double x = x(bottom.places().get(k));
      if (bottom.isRising()) {
        text.risingUpTo(labels.get(k), x + half, end() + style.tenths(8));
      } else {
        paintLevel(text, labels.get(k), bottom.places().get(k), x);
      }
    }
  }

  /** Paints a level of the axis. Texts at either end stay within the chart. */
  private void paintLevel(TextPainter text, String label, double place, double x) {
    double y = end() + style.tenths(8) + style.fontSize();
    if (place == 0) {
      text.from(label, x, y);
    } else if (place == 1) {
      text.upTo(label, x, y);
    } else {
      text.around(label, x, y);
    }
  }

  private double legendLine() {
    return style.tenths(19);
  }

  private void paintLegend(Graphics2D g) {
    double y = end() + bottom.height(style) + style.tenths(8) + legendLine() / 2;
    double size = style.subheading();
    double sample = style.tenths(44);
    for (ChartLine line : lines) {
      double start = left();
      painter(g).sample(start, start + sample, y, line.style());
      double name = start + sample + style.tenths(8);
      double half = TextPainter.halfLetter(size);
      new TextPainter(g, size, Typeface.INK).from(line.name(), name, y + half);
      double after = name + TextPainter.width(line.name(), size) + style.tenths(16);
      new TextPainter(g, size, Typeface.QUIET).from(line.note(), after, y + half);
      y += legendLine();
    }
  }
}
