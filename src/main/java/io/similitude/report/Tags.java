package io.similitude.report;

import io.similitude.analysis.Findings;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tags of a checkpoint: {@code training: pgd-at}, {@code epsilon: 8/255}. */
final class Tags {
  private Tags() {}

  static Stream<String> of(Findings findings, String checkpoint) {
    return findings.tags().getOrDefault(checkpoint, Map.of()).entrySet().stream()
        .map(tag -> tag.getKey() + ": " + tag.getValue());
  }

  /** All in one line. */
  static String line(Findings findings, String checkpoint) {
    return of(findings, checkpoint).collect(Collectors.joining(", "));
  }
}
