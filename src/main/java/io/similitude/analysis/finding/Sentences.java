package io.similitude.analysis.finding;

import io.similitude.analysis.FindingSentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The conclusions of a sweep, in at most eight sentences. Each sentence is based on one row of the
 * table of findings, gives the number of that row, and links to it. Sentences whose test has q at
 * most 0.05 come first. Then come clear results, then results where nothing was found. Each of
 * these groups is ordered by the number of standard errors. Undecided sentences come last, and two
 * places are reserved for them.
 *
 * <p>A sentence about groups of networks needs an error over training runs. If there is one run of
 * each, the sentence names the two networks, and adds that it says nothing about other networks.
 */
public final class Sentences {
  private static final double FOUND = 0.05;
  private static final int USUAL_DECIMALS = 3;

  /** The largest number of decimals. It lets a small error have a digit that is not 0. */
  private static final int MOST_DECIMALS = 6;

  /** The largest number of sentences of one kind of finding, so that several kinds are shown. */
  private static final int MOST_OF_A_KIND = 2;

  /** The number of places reserved for undecided sentences, if there are any. */
  private static final int KEPT_FOR_UNDECIDED = 2;

  private final List<FindingRow> rows;
  private final String images;
  private final Function<FindingRow, String> figures;

  private Sentences(List<FindingRow> rows, String images, Function<FindingRow, String> figures) {
    this.rows = rows;
    this.images = images;
    this.figures = figures;
  }

  /**
   * The sentences, without figures.
   *
   * @param rows of the table, in its order
   * @param examples that a view has
   */
  public static List<FindingSentence> of(List<FindingRow> rows, long examples) {
    return of(rows, examples, row -> "");
  }

  /**
   * The sentences.
   *
   * @param rows of the table, in its order
   * @param examples the number of examples of a view
   * @param figures the anchor of the figure of a row; empty if it has none
   */
  public static List<FindingSentence> of(
      List<FindingRow> rows, long examples, Function<FindingRow, String> figures) {
    String images = String.format(Locale.ROOT, "%,d examples", examples);
    return new Sentences(rows, images, figures).choose();
  }

  private record Candidate(FindingRow row, int place, String text, boolean isDecided) {
    double strength() {
      Double error = row.errorNetworks() == null ? row.errorExamples() : row.errorNetworks();
      return row.value() == null || error == null || error == 0 ? 0 : Math.abs(row.value()) / error;
    }

    boolean isFound() {
      return row.qValue() != null && row.qValue() <= FOUND;
    }

    /** Whether it says that an effect exists, not that none was found. */
    boolean isClear() {
      if (row.decision() != null) {
        return row.decision() == Decision.PRESENT || row.decision() == Decision.WEAK;
      }
      return row.pValue() == null && (row.low() == null || row.low() > 0 || row.high() < 0);
    }
  }

  private List<FindingSentence> choose() {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      int place = i;
      FindingRow row = rows.get(i);
      text(row).ifPresent(text -> candidates.add(new Candidate(row, place, text, isDecided(row))));
    }
    candidates.sort(
        Comparator.comparing((Candidate it) -> !it.isDecided())
            .thenComparing(it -> !it.isFound())
            .thenComparing(it -> !it.isClear())
            .thenComparing(Comparator.comparingDouble(Candidate::strength).reversed())
            .thenComparingInt(Candidate::place));
    List<Candidate> decided = fewOfAKind(candidates, true);
    List<Candidate> open = fewOfAKind(candidates, false);
    int kept = Math.min(KEPT_FOR_UNDECIDED, open.size());
    return Stream.concat(
            decided.stream().limit((long) FindingSentence.MAX_SHOWN - kept), open.stream())
        .limit(FindingSentence.MAX_SHOWN)
        .map(this::sentence)
        .toList();
  }

  private static List<Candidate> fewOfAKind(List<Candidate> candidates, boolean isDecided) {
    Map<String, Integer> counts = new HashMap<>();
    return candidates.stream()
        .filter(it -> it.isDecided() == isDecided)
        .filter(it -> counts.merge(kind(it.row()), 1, Integer::sum) <= MOST_OF_A_KIND)
        .toList();
  }

  private static String kind(FindingRow row) {
    return row.finding() + "/" + row.statistic();
  }

  private FindingSentence sentence(Candidate candidate) {
    FindingRow row = candidate.row();
    // RFC 7111: the header is row 1.
    return new FindingSentence(
        candidate.text(),
        row.value() == null ? row.status().label() : number(row),
        sample(row),
        figures.apply(row),
        "findings.csv#row=" + (candidate.place() + 2),
        candidate.isDecided());
  }

  /** The value with its error. */
  static String number(FindingRow row) {
    Double error = row.errorNetworks() == null ? row.errorExamples() : row.errorNetworks();
    if (error == null || error == 0) {
      return shown(row.value());
    }
    int decimals = (int) Math.ceil(-Math.log10(error));
    if (decimals <= USUAL_DECIMALS) {
      return shown(row.value()) + " \u00b1 " + shown(error);
    }
    String digits = "%." + Math.min(MOST_DECIMALS, decimals) + "f";
    return String.format(Locale.ROOT, digits + " \u00b1 " + digits, row.value(), error);
  }

  private String sample(FindingRow row) {
    String runs =
        row.runs() > 1 ? String.format(Locale.ROOT, "%d training runs", row.runs()) : "one run";
    String groups = row.groups() > 1 ? " in %d groups".formatted(row.groups()) : "";
    String test =
        row.pValue() == null
            ? ""
            : String.format(Locale.ROOT, ", p %.3g, q %.3g", row.pValue(), row.qValue());
    return images + groups + ", " + runs + test;
  }

  static String shown(double number) {
    String digits = Math.abs(number) >= 100 ? "%,.0f" : Math.abs(number) >= 10 ? "%.1f" : "%.3f";
    return String.format(Locale.ROOT, digits, number);
  }

  private static boolean isDecided(FindingRow row) {
    return row.decision() != Decision.UNDECIDED
        && row.status() != FindingStatus.TOO_FEW_RUNS
        && (row.value() != null || row.status() == FindingStatus.DUPLICATE);
  }

  /** The sentence of a row; empty if the row is not a conclusion. */
  private Optional<String> text(FindingRow row) {
    return Optional.ofNullable(
        switch (row.statistic()) {
          case "equal-lag-contrast" -> blocks(row);
          case "long-range-difference" -> longRange(row);
          case "slope" -> sensitivity(row);
          case "labels-slope", "sensitivity-slope" -> overfitting(row);
          case "explained" -> tag(row);
          case "closeness" -> closeness(row);
          case "duplicate" ->
              "%s and %s are one network: their distance is %s under %s"
                  .formatted(row.a(), row.b(), shown(row.value()), row.view())
                  .concat(".");
          case "best-fooled-area" ->
              "Among examples that %s gets right, those that change most in %s %s those that %s fools (area under the ROC curve %s)."
                  .formatted(
                      row.a(),
                      row.layer(),
                      row.value() > 0.5 ? "tend to be" : "do not tend to be",
                      row.otherView(),
                      shown(row.value()));
          case "identification" -> identification(row);
          default -> null;
        });
  }

  private static String blocks(FindingRow row) {
    if (row.decision() == Decision.PRESENT || row.decision() == Decision.WEAK) {
      String weak = row.decision() == Decision.WEAK ? " weakly" : "";
      return "Under %s the layers of %s%s fall into blocks, %s (equal-lag contrast %s)."
          .formatted(row.view(), row.a(), weak, row.detail(), number(row));
    }
    if (row.decision() == Decision.UNDECIDED) {
      return "Whether the layers of %s fall into blocks under %s is unknown (%s)."
          .formatted(row.a(), row.view(), row.status().label());
    }
    return "Under %s the layers of %s do not fall into blocks (equal-lag contrast %s)."
        .formatted(row.view(), row.a(), number(row));
  }

  private static String longRange(FindingRow row) {
    String more = row.value() >= 0 ? "higher" : "lower";
    if (row.tag() == null) {
      boolean isClear = row.low() != null && (row.low() > 0 || row.high() < 0);
      return isClear
          ? "Under %s the long-range similarity of %s is %s than that of %s (difference %s, over examples); there is one run of each, so this says nothing about other networks."
              .formatted(row.view(), row.a(), more, row.b(), number(row))
          : null;
    }
    if (row.status() == FindingStatus.TOO_FEW_RUNS) {
      return "Whether %s differs from %s in long-range similarity under %s is not decided: there are too few training runs for a test (difference %s)."
          .formatted(row.a(), row.b(), row.view(), number(row));
    }
    boolean isFound = row.qValue() != null && row.qValue() <= FOUND;
    return isFound
        ? "Under %s networks with %s have a %s long-range similarity than those with %s (difference %s over training runs)."
            .formatted(row.view(), row.a(), more, row.b(), number(row))
        : "Under %s networks with %s and with %s are not found to differ in long-range similarity (difference %s over training runs)."
            .formatted(row.view(), row.a(), row.b(), number(row));
  }

  private static String sensitivity(FindingRow row) {
    if (row.value() == null || row.low() == null) {
      return null;
    }
    boolean isClear = row.low() > 0 || row.high() < 0;
    String way = row.value() > 0 ? "more" : "less";
    return isClear
        ? "%s changes deep layers of %s %s than early ones (slope of 1 - similarity over depth %s)."
            .formatted(row.otherView(), row.a(), way, number(row))
        : "%s is not found to change deep layers of %s more than early ones (slope over depth %s)."
            .formatted(row.otherView(), row.a(), number(row));
  }

  private static String overfitting(FindingRow row) {
    if (row.status() == FindingStatus.NO_LABELS || row.status() == FindingStatus.NO_TRAINING_DATA) {
      return "Whether networks overfit in deeper layers cannot be said (%s)."
          .formatted(row.status().label());
    }
    if (row.value() == null || row.decision() == null) {
      return null;
    }
    String of = row.statistic().startsWith("labels") ? "similarity to labels" : "sensitivity";
    return switch (row.decision()) {
      case PRESENT ->
          "The gap between training and test examples in %s grows with depth in %s (slope %s)."
              .formatted(of, row.a(), number(row));
      case UNDECIDED ->
          "Whether %s overfits in deeper layers is unknown: there is no error over examples."
              .formatted(row.a());
      default ->
          "The gap between training and test examples in %s is not found to grow with depth in %s (slope %s)."
              .formatted(of, row.a(), number(row));
    };
  }

  private static String tag(FindingRow row) {
    if (row.status() == FindingStatus.TOO_FEW_RUNS && row.value() == null) {
      String values = row.detail() == null ? "" : " (" + row.detail() + ")";
      return "What %s%s does to networks in general is unknown: no two of its values have two training runs, and a test needs four of each (%s)."
          .formatted(row.tag(), values, row.status().label());
    }
    if (row.status() == FindingStatus.ONE_GROUP || row.value() == null) {
      return null;
    }
    if (row.status() == FindingStatus.TOO_FEW_RUNS) {
      return "Under %s the tag %s explains %s of the squared distances between networks; there are too few training runs for a test."
          .formatted(row.view(), row.tag(), number(row));
    }
    boolean isFound = row.qValue() <= FOUND;
    return isFound
        ? "Under %s the tag %s explains %s of the squared distances between networks."
            .formatted(row.view(), row.tag(), number(row))
        : "Under %s the tag %s is not found to explain distances between networks (share %s)."
            .formatted(row.view(), row.tag(), number(row));
  }

  private static String closeness(FindingRow row) {
    if (row.value() == null || row.low() == null || !(row.low() > 0 || row.high() < 0)) {
      return null;
    }
    return "In this sweep networks with %s and %s are %s similar to each other under %s than to the %s (difference %s, over examples)."
        .formatted(
            row.a(),
            row.b(),
            row.value() > 0 ? "more" : "less",
            row.view(),
            row.detail(),
            number(row));
  }

  private static String identification(FindingRow row) {
    return "Under %s %s of the layers of %s find the layer of their own place in %s (chance %s)."
        .formatted(row.view(), shown(row.value()), row.a(), row.b(), shown(row.threshold()));
  }
}
