package io.similitude.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.similitude.analysis.finding.CurveRow;
import io.similitude.analysis.finding.FindingRow;
import io.similitude.analysis.finding.SweepFindings;
import io.similitude.analysis.statistics.AverageLinkage;
import io.similitude.report.figure.LineStyle;
import io.similitude.report.figure.PointChart;
import io.similitude.report.figure.StripChart;
import io.similitude.report.figure.TreeChart;
import io.similitude.similarity.measure.MeasureColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Makes figures that compare networks with each other: a map, a tree, and permutation tests. */
final class NetworkFigures {
  /** The largest number of networks in a map. With more, a map is not readable. */
  private static final int MOST_POINTS = 60;

  private final SweepFindings found;
  private final Map<String, LineStyle> styles;

  NetworkFigures(SweepFindings found, Map<String, LineStyle> styles) {
    this.found = found;
    this.styles = styles;
  }

  private record Place(MeasureColumns measure, String view) {
    String stem(String what) {
      return what + "-" + measure.metric() + "-" + view;
    }
  }

  List<FoundFigure> all() {
    Map<Place, List<FindingRow>> places =
        found.rows().stream()
            .filter(row -> row.finding().equals("network-map"))
            .collect(
                groupingBy(
                    row -> new Place(row.measure(), row.view()), LinkedHashMap::new, toList()));
    List<FoundFigure> figures = new ArrayList<>();
    places.forEach((place, rows) -> addMap(place, rows, figures));
    figures.addAll(tests());
    return figures;
  }

  private void addMap(Place place, List<FindingRow> rows, List<FoundFigure> figures) {
    Map<String, FindingRow> across = of(rows, "position-x");
    Map<String, FindingRow> up = of(rows, "position-y");
    List<String> networks = List.copyOf(across.keySet());
    if (networks.isEmpty() || networks.size() > MOST_POINTS) {
      return;
    }
    List<PointChart.Point> points =
        IntStream.range(0, networks.size())
            .mapToObj(k -> point(networks.get(k), k, across, up))
            .toList();
    String how = place.measure().title() + number(rows, "stress", "; stress %.3f");
    figures.add(
        new MapFigure(place.stem("map"), "Networks in the plane, " + place.view(), how, points));
    figures.add(tree(place, rows, networks));
  }

  private PointChart.Point point(
      String id, int number, Map<String, FindingRow> across, Map<String, FindingRow> up) {
    LineStyle style = styles.getOrDefault(id, LineStyle.of(number));
    return new PointChart.Point(
        id,
        style,
        across.get(id).value(),
        up.get(id).value(),
        error(across.get(id)),
        error(up.get(id)));
  }

  private static double error(FindingRow row) {
    return row.errorExamples() == null ? 0 : row.errorExamples();
  }

  private static Map<String, FindingRow> of(List<FindingRow> rows, String statistic) {
    Map<String, FindingRow> found = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> row.statistic().equals(statistic) && row.value() != null)
        .forEach(row -> found.put(row.a(), row));
    return found;
  }

  private static String number(List<FindingRow> rows, String statistic, String format) {
    return rows.stream()
        .filter(row -> row.statistic().equals(statistic) && row.value() != null)
        .findFirst()
        .map(row -> String.format(Locale.ROOT, format, row.value()))
        .orElse("");
  }

  /** The tree that the findings describe. Its distances are those of the table. */
  private static TreeFigure tree(Place place, List<FindingRow> rows, List<String> networks) {
    Map<String, Integer> numbers = new HashMap<>();
    networks.forEach(id -> numbers.put(id, numbers.size()));
    double[][] distances = new double[networks.size()][networks.size()];
    for (FindingRow row : rows) {
      Integer a = numbers.get(row.a());
      Integer b = numbers.get(row.b());
      if (row.statistic().equals("distance") && row.value() != null && a != null && b != null) {
        distances[a][b] = row.value();
        distances[b][a] = row.value();
      }
    }
    List<String> support =
        rows.stream()
            .filter(row -> row.statistic().equals("clade-height"))
            .map(row -> support(row.detail()))
            .toList();
    List<AverageLinkage.Merge> merges = AverageLinkage.of(distances).merges();
    List<TreeChart.Join> joins =
        IntStream.range(0, merges.size())
            .mapToObj(
                k ->
                    new TreeChart.Join(
                        merges.get(k).members(),
                        merges.get(k).height(),
                        k < support.size() ? support.get(k) : ""))
            .toList();
    String how =
        place.measure().title()
            + "; average linkage; at a join: replicates that have it, where not all do"
            + number(rows, "cophenetic-correlation", "; cophenetic correlation %.3f");
    return new TreeFigure(
        place.stem("tree"), "Networks as a tree, " + place.view(), how, networks, joins);
  }

  /**
   * The support of a branch: {@code 3/4} for {@code a, b (in 3 of 4 replicates)}. It is empty if
   * all replicates have the branch.
   */
  private static String support(String detail) {
    String inside = detail.substring(detail.lastIndexOf("(in ") + 4);
    String share = inside.replace(" replicates)", "").replace(" of ", "/");
    String[] counts = share.split("/", -1);
    return counts[0].equals(counts[1]) ? "" : share;
  }

  private List<NullFigure> tests() {
    Map<List<Object>, List<Double>> nulls = new HashMap<>();
    for (CurveRow row : found.curves()) {
      if (row.curve().equals(CurveRow.NULL_SEPARATION)) {
        nulls
            .computeIfAbsent(List.of(row.measure(), row.view(), row.of()), k -> new ArrayList<>())
            .add(row.value());
      }
    }
    Map<Place, List<StripChart.Test>> tests = new LinkedHashMap<>();
    for (FindingRow row : found.rows()) {
      if (row.statistic().equals("separation") && row.pValue() != null) {
        String pair = row.a() + " / " + row.b();
        List<Double> quantiles =
            nulls.getOrDefault(List.of(row.measure(), row.view(), pair), List.of());
        String note = String.format(Locale.ROOT, "p %.3g, q %.3g", row.pValue(), row.qValue());
        if (!quantiles.isEmpty()) {
          tests
              .computeIfAbsent(new Place(row.measure(), row.view()), k -> new ArrayList<>())
              .add(new StripChart.Test(pair, note, quantiles, row.value()));
        }
      }
    }
    return tests.entrySet().stream().map(it -> strip(it.getKey(), it.getValue())).toList();
  }

  private static NullFigure strip(Place place, List<StripChart.Test> tests) {
    return new NullFigure(
        place.stem("separation"),
        "Separation of values, " + place.view(),
        place.measure().title() + "; band: 95 % of the relabellings of runs",
        tests);
  }
}
