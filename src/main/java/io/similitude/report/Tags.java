package io.similitude.report;

import io.similitude.analysis.Findings;
import java.util.Map;
import java.util.stream.Collectors;

/** The tags of a checkpoint in one line: {@code training: pgd-at, epsilon: 8/255}. */
final class Tags {
  private Tags() {}

  static String line(Findings findings, String checkpoint) {
    return findings.tags().getOrDefault(checkpoint, Map.of()).entrySet().stream()
        .map(tag -> tag.getKey() + ": " + tag.getValue())
        .collect(Collectors.joining(", "));
  }
}
