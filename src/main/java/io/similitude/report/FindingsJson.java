package io.similitude.report;

import io.similitude.analysis.Findings;
import io.similitude.analysis.Heatmap;
import io.similitude.similarity.Similarity;
import io.similitude.similarity.Status;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The heatmaps as the JSON that the page's script draws.
 *
 * <p>Values have five decimals and standard errors two digits, which is what the page shows; the
 * CSV has all. Layer names stand once for all heatmaps that share them. Safe inside a script
 * element.
 */
final class FindingsJson {
  private static final MathContext ERROR_DIGITS = new MathContext(2);
  private static final int VALUE_DECIMALS = 5;

  private final Map<List<String>, Integer> layerLists = new LinkedHashMap<>();

  private FindingsJson() {}

  static String of(Findings findings, List<String> images) {
    FindingsJson json = new FindingsJson();
    List<Heatmap> heatmaps = findings.heatmaps();
    String maps =
        IntStream.range(0, heatmaps.size())
            .mapToObj(i -> json.heatmap(heatmaps.get(i), images.get(i)))
            .collect(Collectors.joining(",\n"));
    return "{\"colours\":%s,\n\"layers\":%s,\n\"heatmaps\":[%s]}"
        .formatted(
            array(ColourMap.hex(), FindingsJson::text),
            array(new ArrayList<>(json.layerLists.keySet()), l -> array(l, FindingsJson::text)),
            maps);
  }

  private String heatmap(Heatmap map, String image) {
    return "{"
        + String.join(
            ",",
            "\"measure\":" + text(map.measure().title()),
            "\"rows\":" + text(map.rows().toString()),
            "\"columns\":" + text(map.columns().toString()),
            "\"rowLayers\":" + layers(map.rowLayers()),
            "\"columnLayers\":" + layers(map.columnLayers()),
            "\"image\":" + text(image),
            "\"values\":" + array(map.cells(), cell -> number(cell.value(), FindingsJson::value)),
            "\"errors\":"
                + array(map.cells(), cell -> number(cell.standardError(), FindingsJson::error)),
            "\"statuses\":" + statuses(map.cells()))
        + "}";
  }

  private int layers(List<String> names) {
    return layerLists.computeIfAbsent(names, n -> layerLists.size());
  }

  /** Only what is not ok, by the index of the cell. */
  private static String statuses(List<Similarity> cells) {
    return IntStream.range(0, cells.size())
        .filter(k -> cells.get(k).status() != Status.OK)
        .mapToObj(k -> "\"" + k + "\":" + text(cells.get(k).status().label()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static <T> String array(List<T> items, Function<T, String> format) {
    return items.stream().map(format).collect(Collectors.joining(",", "[", "]"));
  }

  private static String number(OptionalDouble number, Function<BigDecimal, BigDecimal> round) {
    return number.isPresent()
        ? round.apply(BigDecimal.valueOf(number.getAsDouble())).stripTrailingZeros().toString()
        : "null";
  }

  private static BigDecimal value(BigDecimal value) {
    return value.setScale(VALUE_DECIMALS, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal error(BigDecimal error) {
    return error.round(ERROR_DIGITS);
  }

  /** Escapes what JSON must, and what could end the script element around it. */
  private static String text(String string) {
    return string
        .chars()
        .mapToObj(c -> isPlain(c) ? Character.toString(c) : "\\u%04x".formatted(c))
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static boolean isPlain(int c) {
    return c >= ' ' && c < 0x7f && "\"\\<>&".indexOf(c) < 0;
  }
}
