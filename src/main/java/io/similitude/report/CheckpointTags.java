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

  /** The tags that differ between checkpoints; all tags if none differs. */
  static List<String> different(Findings findings, String checkpoint) {
    List<String> all = of(findings, checkpoint);
    List<String> different = all.stream().filter(tag -> !isOfAll(findings, tag)).toList();
    return different.isEmpty() ? all : different;
  }

  /** The same in one line. */
  static String line(Findings findings, String checkpoint) {
    return String.join(", ", different(findings, checkpoint));
  }

  private static boolean isOfAll(Findings findings, String tag) {
    return findings.tags().keySet().stream().allMatch(it -> of(findings, it).contains(tag));
  }
}
