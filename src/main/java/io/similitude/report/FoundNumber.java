package io.similitude.report;

import io.similitude.analysis.finding.FindingRow;

/** The number of a finding in words: the error over training runs goes before the other. */
final class FoundNumber {
  private FoundNumber() {}

  static Double error(FindingRow row) {
    return row.errorNetworks() == null ? row.errorExamples() : row.errorNetworks();
  }

  /** {@code 0.240(7)}, or why there is no number. */
  static String inParentheses(FindingRow row) {
    return row.value() == null ? row.status().label() : UncertainNumber.of(row.value(), error(row));
  }
}
