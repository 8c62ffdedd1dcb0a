package io.similitude.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pieces of HTML. */
final class Markup {
  private Markup() {}

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  static String row(String... cells) {
    return Stream.of(cells).collect(Collectors.joining("", "<tr>", "</tr>"));
  }

  static String cell(String text) {
    return "<td>" + escaped(text) + "</td>";
  }

  static String numberCell(String text) {
    return "<td class=\"number\">" + escaped(text) + "</td>";
  }

  static String counted(long count, String noun) {
    return grouped(count) + " " + noun + (count == 1 ? "" : "s");
  }

  static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * fraction);
  }

  /** The pictures beside the page, for readers without scripts. */
  static String fallback(List<String> images) {
    return images.stream()
        .map(name -> "<img src=\"%s\" alt=\"%s\">".formatted(escaped(name), escaped(name)))
        .collect(Collectors.joining("\n", "<noscript>\n", "\n</noscript>"));
  }
}
