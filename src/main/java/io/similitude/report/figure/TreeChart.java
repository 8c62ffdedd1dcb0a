package io.similitude.report.figure;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * A tree of clusters: leaves on the left, each join as far to the right as its height.
 *
 * @param titles what the chart shows
 * @param leaves the names of the leaves, by number
 * @param joins in the order in which they happen
 */
public record TreeChart(
    ChartTitles titles, List<String> leaves, List<Join> joins, String unit, FigureStyle style)
    implements Figure {
  /**
   * Two clusters that become one.
   *
   * @param members the leaves of the new cluster
   * @param note the note at the join; may be empty
   */
  public record Join(List<Integer> members, double height, String note) {
    public Join {
      members = List.copyOf(members);
    }
  }

  public TreeChart {
    leaves = List.copyOf(leaves);
    joins = List.copyOf(joins);
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
    return titles.heading() + "; " + titles.subtitle() + "; leaves: " + leaves.size();
  }

  @Override
  public List<Layer> layers() {
    return List.of(
        new Layer("titles", g -> titles.paint(g, width(), style)),
        new Layer("axes", g -> layout().paintAxis(g, line(), unit)),
        new Layer("tree", this::paintTree));
  }

  private RowLayout layout() {
    return new RowLayout(style, leaves.size(), style.tenths(18));
  }

  private NumberLine line() {
    double names = TextPainter.widest(leaves, style.fontSize()) + style.tenths(8);
    double left = style.margin() + Math.min(names, width() / 2);
    double right = width() - style.margin() - style.tenths(30);
    ValueAxis axis =
        ValueAxis.around(
            DoubleStream.concat(DoubleStream.of(0), joins.stream().mapToDouble(Join::height)));
    return new NumberLine(axis, left, right);
  }

  /**
   * The order of the leaves, with the members of each cluster next to each other: first those of
   * the last join, and within it those of the earlier joins.
   */
  private List<Integer> order() {
    Map<Integer, List<Integer>> clusters = new HashMap<>();
    for (int leaf = 0; leaf < leaves.size(); leaf++) {
      clusters.put(leaf, List.of(leaf));
    }
    for (Join join : joins) {
      List<Integer> joined = new ArrayList<>();
      for (int leaf : join.members) {
        List<Integer> cluster = clusters.get(leaf);
        if (cluster != null) {
          joined.addAll(cluster);
          clusters.remove(leaf);
        }
      }
      clusters.put(join.members.get(0), joined);
    }
    return clusters.values().stream().flatMap(List::stream).toList();
  }

  private void paintTree(Graphics2D g) {
    NumberLine line = line();
    TextPainter text = new TextPainter(g, style.fontSize(), Typeface.INK);
    double half = TextPainter.halfLetter(style.fontSize());
    double[] y = new double[leaves.size()];
    double[] x = new double[leaves.size()];
    List<Integer> order = order();
    for (int k = 0; k < order.size(); k++) {
      int leaf = order.get(k);
      y[leaf] = layout().top(k) + layout().row() / 2;
      x[leaf] = line.x(0);
      String name = leaves.get(leaf);
      text.fitting(name, line.left() - style.margin() - style.tenths(8))
          .upTo(name, line.left() - style.tenths(8), y[leaf] + half);
    }
    joins.forEach(join -> paintJoin(g, join, line, x, y));
  }

  /** Paints a join. Afterwards all leaves of the cluster are at the position of the join. */
  private void paintJoin(Graphics2D g, Join join, NumberLine line, double[] x, double[] y) {
    double at = line.x(join.height);
    List<Integer> ends = ends(join, y);
    Path2D path = new Path2D.Double();
    path.moveTo(x[ends.get(0)], y[ends.get(0)]);
    path.lineTo(at, y[ends.get(0)]);
    path.lineTo(at, y[ends.get(1)]);
    path.lineTo(x[ends.get(1)], y[ends.get(1)]);
    g.setColor(Typeface.INK);
    g.setStroke(new BasicStroke(1.2f));
    g.draw(path);
    double middle = (y[ends.get(0)] + y[ends.get(1)]) / 2;
    new TextPainter(g, style.fontSize(), Typeface.QUIET)
        .upTo(join.note, at - style.tenths(4), middle - style.tenths(2));
    for (int leaf : join.members) {
      x[leaf] = at;
      y[leaf] = middle;
    }
  }

  /** One leaf from each of the two clusters. */
  private static List<Integer> ends(Join join, double[] y) {
    int first = join.members.get(0);
    int other = join.members.stream().filter(it -> y[it] != y[first]).findFirst().orElse(first);
    return List.of(first, other);
  }
}
