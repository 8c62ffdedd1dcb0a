package io.similitude.report;

import io.similitude.analysis.Findings;
import java.util.List;
import java.util.Map;

/** The tags of a checkpoint: {@code training: pgd-at}, {@code epsilon: 8/255}. */
final class CheckpointTags {
  private CheckpointTags() {}

  static List<String> of(Findings findings, String checkpoint) {
    return findings.tags().getOrDefault(checkpoint, Map.of()).entrySet().stream()
        .map(tag -> tag.getKey() + ": " + tag.getValue())
        .toList();
  }

  /** All tags in one line. */
  static String line(Findings findings, String checkpoint) {
    return String.join(", ", of(findings, checkpoint));
  }
}
