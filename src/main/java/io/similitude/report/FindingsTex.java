package io.similitude.report;

import io.similitude.analysis.finding.FindingRow;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Findings as LaTeX: a table for each kind of finding, with the packages booktabs and longtable.
 * Numbers are written as value(error). The error over training runs is preferred to the error over
 * examples.
 */
final class FindingsTex {
  static final String FILE = "findings.tex";

  private static final String HEAD =
      "Statistic & View & Of & With & Value & $n$ & $p$ & Decision \\\\";

  private FindingsTex() {}

  static void write(List<FindingRow> rows, Path folder) throws IOException {
    Map<String, List<FindingRow>> kinds = new LinkedHashMap<>();
    rows.stream()
        .filter(row -> row.value() != null)
        .forEach(row -> kinds.computeIfAbsent(row.finding(), k -> new ArrayList<>()).add(row));
    try (Writer out = Files.newBufferedWriter(folder.resolve(FILE))) {
      out.write("% \\usepackage{booktabs,longtable}. value(error), in units of the last digit.\n");
      out.write(
          "% n: training runs. The error is over runs where n is more than 2, else over examples.\n");
      for (Map.Entry<String, List<FindingRow>> kind : kinds.entrySet()) {
        write(kind.getKey(), kind.getValue(), out);
      }
    }
  }

  private static void write(String kind, List<FindingRow> rows, Writer out) throws IOException {
    out.write("\n% " + kind + "\n\\begin{longtable}{llllrrrl}\n\\toprule\n" + HEAD + "\n");
    out.write("\\midrule\n\\endhead\n\\bottomrule\n\\endfoot\n");
    for (FindingRow row : rows) {
      out.write(
          Stream.of(
                  statistic(row),
                  views(row),
                  text(row.a()),
                  text(row.b()),
                  "$" + FoundNumber.inParentheses(row) + "$",
                  Integer.toString(row.runs()),
                  row.pValue() == null ? "" : ShownNumbers.decimals(row.pValue(), 3),
                  row.decision() == null ? "" : row.decision().label())
              .collect(Collectors.joining(" & ", "", " \\\\\n")));
    }
    out.write("\\end{longtable}\n");
  }

  private static String statistic(FindingRow row) {
    String tag = row.tag() == null ? "" : " (" + row.tag() + ")";
    String layer = row.layer() == null ? "" : ", " + row.layer();
    return text(row.statistic() + tag + layer);
  }

  private static String views(FindingRow row) {
    return Stream.of(row.view(), row.otherView())
        .filter(Objects::nonNull)
        .map(FindingsTex::text)
        .collect(Collectors.joining(", "));
  }

  /** Escapes every character that LaTeX would read as a command. */
  static String text(String words) {
    StringBuilder escaped = new StringBuilder();
    for (char c : Objects.requireNonNullElse(words, "").toCharArray()) {
      switch (c) {
        case '\\' -> escaped.append("\\textbackslash{}");
        case '^' -> escaped.append("\\textasciicircum{}");
        case '~' -> escaped.append("\\textasciitilde{}");
        case '&', '%', '$', '#', '_', '{', '}' -> escaped.append('\\').append(c);
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
