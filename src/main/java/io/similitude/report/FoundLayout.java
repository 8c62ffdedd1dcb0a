package io.similitude.report;

import io.similitude.analysis.finding.FindingRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The layout of one table of the page: its findings and its columns.
 *
 * @param statistics the statistics that it shows
 * @param keys the columns that identify a row
 */
record FoundLayout(
    FoundTopic topic,
    String caption,
    Set<String> statistics,
    List<Key> keys,
    List<Column> columns) {
  private static final Key CHECKPOINT = new Key("checkpoint", FindingRow::a);
  private static final Key FIRST = new Key("a", FindingRow::a);
  private static final Key SECOND = new Key("b", FindingRow::b);
  private static final Key VIEW = new Key("view", FindingRow::view);
  private static final Key ATTACK = new Key("attack", FindingRow::otherView);
  private static final Key TAG = new Key("tag", FindingRow::tag);

  FoundLayout {
    statistics = Set.copyOf(statistics);
    keys = List.copyOf(keys);
    columns = List.copyOf(columns);
  }

  /** A column that identifies a row. */
  record Key(String head, Function<FindingRow, String> part) {
    String text(FindingRow row) {
      return Objects.requireNonNullElse(part.apply(row), "");
    }
  }

  /** A column that is made from the row of one statistic. */
  record Column(
      String head, boolean isNumber, String statistic, Function<FindingRow, String> part) {
    String text(Map<String, FindingRow> group) {
      FindingRow row = group.get(statistic);
      return row == null ? "" : Objects.requireNonNullElse(part.apply(row), "");
    }
  }

  /** The tables of the page, in the order of the page. */
  static List<FoundLayout> all() {
    return List.of(
        table(
            FoundTopic.BLOCKS,
            "Segments and their contrast",
            List.of(CHECKPOINT, VIEW),
            number("segments", "segments"),
            number("contrast", "equal-lag-contrast"),
            new Column("blocks", false, "equal-lag-contrast", FoundLayout::decision),
            detail("where", "equal-lag-contrast")),
        table(
            FoundTopic.SPECIALISATION,
            "Ranges",
            List.of(CHECKPOINT, VIEW),
            number("long range", "long-range"),
            number("short range", "short-range"),
            number("half depth", "half-depth"),
            number("mean", "mean-similarity")),
        table(
            FoundTopic.SPECIALISATION,
            "Learned",
            List.of(CHECKPOINT, new Key("start", FindingRow::b), VIEW),
            number("learned", "learned")),
        table(
            FoundTopic.SPECIALISATION,
            "Differences in long range",
            List.of(FIRST, SECOND, VIEW),
            number("a - b", "long-range-difference"),
            runs("long-range-difference"),
            test("long-range-difference")),
        table(
            FoundTopic.SENSITIVITY,
            "Loss under attack",
            List.of(CHECKPOINT, ATTACK),
            number("mean loss", "mean-loss"),
            number("slope over depth", "slope"),
            new Column(
                "first changed layer",
                false,
                "first-changed-layer",
                it -> it.layer() == null ? it.status().label() : it.layer())),
        table(
            FoundTopic.OVERFITTING,
            "Gaps of training and test examples",
            List.of(CHECKPOINT, VIEW),
            number("labels, slope", "labels-slope"),
            number("labels, deep third", "labels-deep-gap"),
            new Column("labels", false, "labels-slope", FoundLayout::decision),
            number("sensitivity, slope", "sensitivity-slope"),
            number("sensitivity, deep third", "sensitivity-deep-gap"),
            new Column("sensitivity", false, "sensitivity-slope", FoundLayout::decision)),
        table(
            FoundTopic.OVERFITTING,
            "Distance to the end of the run",
            List.of(CHECKPOINT, new Key("end", FindingRow::b), VIEW),
            number("early third", "early-drift"),
            number("middle third", "middle-drift"),
            number("deep third", "deep-drift")),
        table(
            FoundTopic.TAGS,
            "Within and between values",
            List.of(FIRST, SECOND, VIEW),
            number("similarity", "similarity"),
            number("separation", "separation"),
            test("separation"),
            number("closer than to the baseline", "closeness"),
            runs("similarity")),
        table(
            FoundTopic.TAGS,
            "What a tag explains",
            List.of(TAG, VIEW),
            number("share explained", "explained"),
            test("explained"),
            number("dispersion F", "dispersion-f"),
            runs("explained")),
        table(
            FoundTopic.TAGS,
            "Ordered tags",
            List.of(TAG, VIEW),
            number("long range, slope", "long-range-slope"),
            number("long range, rank correlation", "long-range-rank-correlation"),
            number("kept, slope", "kept-slope"),
            number("kept, rank correlation", "kept-rank-correlation"),
            runs("long-range-slope")),
        table(
            FoundTopic.BUDGETS,
            "Where the mean similarity falls under 0.9",
            List.of(CHECKPOINT, new Key("attack", FindingRow::detail), VIEW),
            number("epsilon", "epsilon-at-0.9")),
        table(
            FoundTopic.MAP,
            "Nearest neighbours",
            List.of(CHECKPOINT, new Key("neighbour", FindingRow::b), VIEW),
            number("distance", "nearest-neighbour"),
            detail("stable", "nearest-neighbour")),
        table(
            FoundTopic.MAP,
            "Distances",
            List.of(FIRST, SECOND, VIEW),
            number("distance", "distance")),
        table(
            FoundTopic.EXAMPLES,
            "Who changes",
            List.of(CHECKPOINT, ATTACK),
            number("examples with half the loss", "half-of-loss"),
            detail("in the last layer", "half-of-loss"),
            number("best area", "best-fooled-area"),
            new Column("at layer", false, "best-fooled-area", FindingRow::layer),
            number("largest class share", "largest-class-share"),
            detail("which", "largest-class-share")),
        table(
            FoundTopic.LAYERS,
            "Identification and alignment",
            List.of(FIRST, SECOND, VIEW),
            number("own place found", "identification"),
            new Column("chance", true, "identification", FoundLayout::threshold),
            number("within one", "identification-within-one"),
            number("alignment", "alignment"),
            number("long range across", "cross-long-range")));
  }

  private static FoundLayout table(
      FoundTopic topic, String caption, List<Key> keys, Column... columns) {
    List<Column> list = List.of(columns);
    Set<String> statistics = list.stream().map(Column::statistic).collect(Collectors.toSet());
    return new FoundLayout(topic, caption, statistics, keys, list);
  }

  private static Column number(String head, String statistic) {
    return new Column(head, true, statistic, FoundNumber::inParentheses);
  }

  private static Column detail(String head, String statistic) {
    return new Column(head, false, statistic, FindingRow::detail);
  }

  private static Column runs(String statistic) {
    return new Column("runs", true, statistic, it -> Integer.toString(it.runs()));
  }

  private static Column test(String statistic) {
    return new Column(
        "test",
        false,
        statistic,
        it ->
            it.pValue() == null
                ? ""
                : String.format(Locale.ROOT, "p %.3g, q %.3g", it.pValue(), it.qValue()));
  }

  private static String decision(FindingRow row) {
    return row.decision() == null ? "" : row.decision().label();
  }

  private static String threshold(FindingRow row) {
    return row.threshold() == null ? "" : ShownNumbers.decimals(row.threshold(), 3);
  }

  /** The layout with a column for the measure, if there are several measures. */
  FoundLayout withMeasures() {
    List<Key> more = new ArrayList<>(keys);
    more.add(new Key("measure", it -> it.measure().title()));
    return new FoundLayout(topic, caption, statistics, more, columns);
  }

  boolean takes(FindingRow row) {
    return statistics.contains(row.statistic())
        && FoundTopic.of(row.finding(), row.statistic()) == topic;
  }

  List<String> key(FindingRow row) {
    return keys.stream().map(it -> it.text(row)).toList();
  }
}
