package io.similitude.cli;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import io.similitude.store.row.FailureRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/** Groups failures by cause, with one line for each cause. */
final class FailureGroups {
  private static final int MOST_NAMED = 5;

  /** The part of a message that differs between checkpoints that fail for the same reason. */
  private static final Pattern SUBJECT =
      Pattern.compile("^Cannot \\w+ checkpoint \\S+ (?:from|with) \\S+: ");

  private FailureGroups() {}

  /** Returns one line for each cause, in the order of the first failure of each cause. */
  static List<String> lines(List<FailureRow> failures) {
    return failures.stream()
        .collect(groupingBy(FailureGroups::reason, LinkedHashMap::new, toList()))
        .values()
        .stream()
        .map(FailureGroups::line)
        .toList();
  }

  private static String reason(FailureRow failure) {
    return SUBJECT.matcher(failure.cause()).replaceFirst("");
  }

  private static String line(List<FailureRow> failures) {
    List<String> checkpoints = failures.stream().map(FailureRow::checkpoint).distinct().toList();
    String named = checkpoints.stream().limit(MOST_NAMED).collect(joining(", "));
    int more = checkpoints.size() - MOST_NAMED;
    return "ERROR %d x %s%s: %s"
        .formatted(
            failures.size(),
            named,
            more > 0 ? " and " + more + " more" : "",
            failures.get(0).cause());
  }
}
