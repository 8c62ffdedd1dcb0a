package io.similitude.report.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Permutation tests, one in each row: the values of the statistic under relabellings, and its
 * actual value.
 *
 * @param titles what the chart shows
 * @param tests one for each row
 * @param unit the name of the statistic
 */
public record StripChart(ChartTitles titles, List<Test> tests, String unit, FigureStyle style)
    implements Figure {
  private static final Color NULL = new Color(0x8fa3b0);
  private static final Color VALUE = new Color(0xd55e00);
  private static final double MARKER = 4;

  /**
   * A test.
   *
   * @param name of the tested quantity
   * @param note the note on the right, such as p
   * @param quantiles of the statistic over relabellings, evenly from 0 to 1
   */
  public record Test(String name, String note, List<Double> quantiles, double value) {
    public Test {
      quantiles = List.copyOf(quantiles);
    }

    double quantile(double share) {
      return quantiles.get((int) Math.round(share * (quantiles.size() - 1)));
    }
  }

  public StripChart {
    tests = List.copyOf(tests);
  }

  @Override
  public double width() {
    return layout().width();
  }

  @Override
  public double height() {
    return layout().height();
  }

  @Override
  public String description() {
    return titles.heading() + "; " + titles.subtitle() + "; tests: " + tests.size();
  }

  @Override
  public List<Layer> layers() {
    return List.of(
        new Layer("titles", g -> titles.paint(g, width(), style)),
        new Layer("axes", g -> layout().paintAxis(g, line(), unit)),
        new Layer("tests", this::paintTests));
  }

  private RowLayout layout() {
    return new RowLayout(style, tests.size(), style.tenths(34));
  }

  private NumberLine line() {
    ValueAxis axis =
        ValueAxis.around(
            tests.stream()
                .flatMapToDouble(
                    it -> DoubleStream.of(0, it.value, it.quantile(0), it.quantile(1))));
    double indent = style.margin() + style.tenths(10);
    return new NumberLine(axis, indent, width() - indent);
  }

  /** Paints the tests. The name is above the strip, the note at its right end. */
  private void paintTests(Graphics2D g) {
    NumberLine line = line();
    for (int k = 0; k < tests.size(); k++) {
      Test test = tests.get(k);
      double name = layout().top(k) + style.tenths(12);
      double y = name + style.tenths(11);
      double room = (line.right() - line.left()) / 2;
      new TextPainter(g, style.fontSize(), Typeface.INK)
          .fitting(test.name, room)
          .from(test.name, line.left(), name);
      new TextPainter(g, style.fontSize(), Typeface.QUIET).upTo(test.note, line.right(), name);
      g.setColor(NULL);
      g.setStroke(new BasicStroke(1));
      g.draw(new Line2D.Double(line.x(test.quantile(0)), y, line.x(test.quantile(1)), y));
      double low = line.x(test.quantile(0.025));
      double high = line.x(test.quantile(0.975));
      g.fill(new Rectangle2D.Double(low, y - style.tenths(4), high - low, style.tenths(8)));
      g.setColor(VALUE);
      g.fill(Marker.DIAMOND.around(line.x(test.value), y, MARKER));
    }
  }
}
