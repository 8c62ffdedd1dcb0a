package io.similitude.report.figure;

import io.similitude.analysis.Heatmap;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;

/** One line below a heatmap: a sample of the cells that it explains, and their number. */
public record Legend(Sample sample, String text) {
  /** The look of such a cell. */
  public enum Sample {
    HATCHED,
    MINUS,
    PLUS,
    BORDER;

    public String keyword() {
      return name().toLowerCase(Locale.ROOT);
    }

    void paint(Graphics2D g, Rectangle2D place, ValueScale scale) {
      if (this == HATCHED) {
        HeatmapFrame.hatch(g, place);
        return;
      }
      if (this == BORDER) {
        g.setColor(Typeface.INK);
        g.fill(new Rectangle2D.Double(place.getX(), place.getCenterY() - 0.5, place.getWidth(), 1));
        return;
      }
      double end = this == MINUS ? scale.low() : scale.high();
      g.setColor(scale.colourOf(scale.colour(end)));
      g.fill(place);
      Path2D mark = new Path2D.Double();
      double half = 0.22 * place.getWidth();
      CellMarks.across(mark, place.getCenterX(), place.getCenterY(), half);
      if (this == PLUS) {
        CellMarks.down(mark, place.getCenterX(), place.getCenterY(), half);
      }
      g.setColor(this == MINUS ? scale.markBelow() : scale.markAbove());
      g.setStroke(new BasicStroke(0.9f));
      g.draw(mark);
    }
  }

  /**
   * The lines for hatched or marked cells of a heatmap; empty if there are none.
   *
   * @param borders numbers of layers before which a line is drawn
   */
  public static List<Legend> of(Heatmap map, List<Integer> borders) {
    List<Legend> lines = new ArrayList<>(of(map));
    if (!borders.isEmpty()) {
      String from = borders.stream().map(map.rowLayers()::get).collect(Collectors.joining(", "));
      lines.add(new Legend(Sample.BORDER, "segments begin at " + from));
    }
    return lines;
  }

  /** The lines for hatched or marked cells of a heatmap without borders. */
  public static List<Legend> of(Heatmap map) {
    ValueScale scale = ValueScale.of(map.measure());
    List<Legend> lines = new ArrayList<>();
    missing(map).ifPresent(lines::add);
    String low = ValueScale.label(scale.low());
    outside(map, value -> value < scale.low(), Sample.MINUS, "below " + low, lines);
    String high =
        scale.high() == 1 || scale.high() == 2 ? ValueScale.label(scale.high()) : "the scale";
    outside(map, value -> value > scale.high(), Sample.PLUS, "above " + high, lines);
    return lines;
  }

  /** One line for all reasons, because all these cells are hatched in the same way. */
  private static Optional<Legend> missing(Heatmap map) {
    Map<Status, Long> counts =
        map.cells().stream()
            .filter(cell -> cell.value().isEmpty())
            .collect(
                Collectors.groupingBy(
                    MeasureValue::status,
                    () -> new EnumMap<>(Status.class),
                    Collectors.counting()));
    String reasons =
        counts.entrySet().stream()
            .map(entry -> entry.getKey().label() + cells(entry.getValue()) + wayOut(entry.getKey()))
            .collect(Collectors.joining(", "));
    return counts.isEmpty()
        ? Optional.empty()
        : Optional.of(new Legend(Sample.HATCHED, "no value: " + reasons));
  }

  private static void outside(
      Heatmap map, DoublePredicate test, Sample sample, String text, List<Legend> lines) {
    long count =
        map.cells().stream()
            .filter(cell -> cell.value().isPresent() && test.test(cell.value().getAsDouble()))
            .count();
    if (count > 0) {
      lines.add(new Legend(sample, text + cells(count)));
    }
  }

  private static String wayOut(Status status) {
    return status == Status.ACTIVATIONS_NOT_KEPT ? ": activations: full keeps them" : "";
  }

  private static String cells(long count) {
    return " (" + count + (count == 1 ? " cell)" : " cells)");
  }
}
