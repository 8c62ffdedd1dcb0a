package io.similitude.report;

import io.similitude.analysis.finding.CurveRow;
import io.similitude.report.figure.ChartAxis;
import io.similitude.report.figure.ChartLine;
import io.similitude.report.figure.LineStyle;
import io.similitude.report.figure.ValueAxis;
import io.similitude.report.figure.ValueScale;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Makes charts of the table of curves: one for each curve, measure and view. */
final class CurveFigures {
  private static final List<String> SHARES = List.of("0", "0.2", "0.4", "0.6", "0.8", "1");

  private final Map<String, LineStyle> styles;

  /**
   * @param styles the line styles of checkpoints; other checkpoints have no line
   */
  CurveFigures(Map<String, LineStyle> styles) {
    this.styles = styles;
  }

  /** The properties that all points of one chart share. */
  private record Key(
      String finding, String curve, MeasureColumns measure, String view, String group) {}

  List<CurveFigure> of(List<CurveRow> rows) {
    Map<Key, List<CurveRow>> charts = new LinkedHashMap<>();
    for (CurveRow row : rows) {
      Curves.of(row)
          .ifPresent(
              kind -> charts.computeIfAbsent(key(row, kind), k -> new ArrayList<>()).add(row));
    }
    List<CurveFigure> figures = new ArrayList<>();
    charts.forEach((key, points) -> figure(key, points).ifPresent(figures::add));
    return figures;
  }

  private static Key key(CurveRow row, Curves kind) {
    boolean hasViews = row.otherView() != null && kind != Curves.SURFACE;
    String view = hasViews ? row.view() + " and " + row.otherView() : row.view();
    String group = kind == Curves.GROUP_LAG ? row.of().substring(0, row.of().indexOf('=')) : "";
    return new Key(row.finding(), row.curve(), row.measure(), view, group);
  }

  private Optional<CurveFigure> figure(Key key, List<CurveRow> points) {
    Curves kind = Curves.of(points.get(0)).orElseThrow();
    Map<String, List<CurveRow>> lines = new LinkedHashMap<>();
    points.forEach(it -> lines.computeIfAbsent(it.of(), of -> new ArrayList<>()).add(it));
    int all = lines.size();
    if (kind != Curves.GROUP_LAG) {
      lines.keySet().retainAll(styles.keySet());
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    double end = points.stream().mapToDouble(CurveRow::x).max().orElse(1);
    List<String> shared = sharedLayers(lines);
    List<ChartLine> drawn = new ArrayList<>();
    lines.forEach((of, line) -> drawn.add(line(of, drawn.size(), kind, line, end)));
    String left = lines.size() < all ? "; %d of %d lines".formatted(lines.size(), all) : "";
    return Optional.of(
        new CurveFigure(
            FoundTopic.of(key.finding(), key.curve()),
            stem(key),
            kind.heading(key.curve(), key.group()) + ", " + key.view(),
            key.measure().title() + "; " + kind.note() + left,
            key.view(),
            axis(kind, key.measure(), drawn),
            kind.isByLayer() && !shared.isEmpty() ? null : bottom(kind, points, end),
            shared,
            drawn,
            lines.values().stream()
                .map(it -> it.stream().map(point -> label(kind, point)).toList())
                .toList()));
  }

  private static String stem(Key key) {
    String group = key.group().isEmpty() ? "" : "-" + key.group();
    return "%s-%s%s-%s-%s"
        .formatted(
            key.finding(),
            key.curve(),
            group,
            key.measure().metric(),
            key.view().replace(" and ", "-"));
  }

  private ChartLine line(String of, int number, Curves kind, List<CurveRow> rows, double end) {
    LineStyle style = kind == Curves.GROUP_LAG ? LineStyle.of(number) : styles.get(of);
    return new ChartLine(
        of,
        "",
        style,
        rows.stream().map(row -> kind.place(row.x(), end)).toList(),
        rows.stream().map(CurveFigures::value).toList());
  }

  private static MeasureValue value(CurveRow row) {
    if (row.value() == null) {
      return MeasureValue.missing(Status.NOT_COMPARED);
    }
    return row.error() == null
        ? MeasureValue.withoutError(row.value())
        : MeasureValue.of(row.value(), row.error());
  }

  private static ValueAxis axis(Curves kind, MeasureColumns measure, List<ChartLine> lines) {
    DoubleStream values =
        lines.stream()
            .flatMap(it -> it.points().stream())
            .filter(it -> it.value().isPresent())
            .flatMapToDouble(it -> ends(it));
    return switch (kind) {
      case EXPLAINED -> ValueAxis.SHARES;
      case LAG, GROUP_LAG, SURFACE -> ValueAxis.of(ValueScale.of(measure), values);
      default -> ValueAxis.around(DoubleStream.concat(DoubleStream.of(0), values));
    };
  }

  private static DoubleStream ends(MeasureValue point) {
    double value = point.value().orElseThrow();
    double error = point.standardError().orElse(0);
    return DoubleStream.of(value - error, value + error);
  }

  private static ChartAxis bottom(Curves kind, List<CurveRow> points, double end) {
    return switch (kind) {
      case EXPLAINED -> {
        int most = (int) end;
        List<String> labels = IntStream.rangeClosed(1, most).mapToObj(Integer::toString).toList();
        yield new ChartAxis(labels, ChartLine.evenly(most), false, "segments");
      }
      case LAG, GROUP_LAG ->
          new ChartAxis(
              SHARES, ChartLine.evenly(SHARES.size()), false, "distance, as a share of the depth");
      case SURFACE -> {
        List<Double> steps = points.stream().map(CurveRow::x).distinct().sorted().toList();
        yield new ChartAxis(
            steps.stream().map(CurveFigures::budget).toList(),
            steps.stream().map(it -> kind.place(it, end)).toList(),
            false,
            "epsilon");
      }
      default -> ChartAxis.ofDepth();
    };
  }

  private static List<String> sharedLayers(Map<String, List<CurveRow>> lines) {
    List<List<String>> lists =
        lines.values().stream()
            .map(it -> it.stream().map(row -> row.layer() == null ? "" : row.layer()).toList())
            .distinct()
            .toList();
    return lists.size() == 1 ? lists.get(0) : List.of();
  }

  private static String label(Curves kind, CurveRow point) {
    return switch (kind) {
      case EXPLAINED -> "%.0f segments".formatted(point.x());
      case LAG, GROUP_LAG -> String.format(Locale.ROOT, "distance %.2f", point.x());
      case SURFACE -> "epsilon " + budget(point.x());
      default -> point.layer() == null ? "" : point.layer();
    };
  }

  /** A budget in steps of a byte, if their number is whole: 8/255. */
  private static String budget(double epsilon) {
    double steps = 255 * epsilon;
    return Math.abs(steps - Math.rint(steps)) < 1e-6
        ? "%.0f/255".formatted(steps)
        : String.format(Locale.ROOT, "%.3g", epsilon);
  }

  /** The curves that have a chart. */
  private enum Curves {
    EXPLAINED("Share that segments explain", "least squares"),
    LAG("Similarity by distance", "mean over pairs of layers; shaded: one standard error"),
    GROUP_LAG("Similarity by distance", "mean over training runs; shaded: one standard error"),
    GAP("Gap of training and test examples", "shaded: one standard error"),
    DRIFT("Distance to the end of the run", "1 - similarity; shaded: one standard error"),
    SURFACE("Similarity that is kept", "mean over layers; shaded: one standard error");

    private final String heading;
    private final String note;

    Curves(String heading, String note) {
      this.heading = heading;
      this.note = note;
    }

    static Optional<Curves> of(CurveRow row) {
      return Optional.ofNullable(
          switch (row.curve()) {
            case "explained" -> EXPLAINED;
            case "lag" -> LAG;
            case "group-lag" -> GROUP_LAG;
            case "labels-gap", "sensitivity-gap" -> GAP;
            case "drift" -> DRIFT;
            case "surface-early", "surface-middle", "surface-deep" -> SURFACE;
            default -> null;
          });
    }

    boolean isByLayer() {
      return this == GAP || this == DRIFT;
    }

    String note() {
      return note;
    }

    String heading(String curve, String group) {
      return switch (this) {
        case GROUP_LAG -> heading + ", by " + group;
        case GAP -> heading + ", " + curve.replace("-gap", "");
        case SURFACE -> heading + ", " + curve.replace("surface-", "") + " third";
        default -> heading;
      };
    }

    double place(double x, double end) {
      return switch (this) {
        case EXPLAINED -> end == 1 ? 0.5 : (x - 1) / (end - 1);
        case SURFACE -> end == 0 ? 0.5 : x / end;
        default -> x;
      };
    }
  }
}
