package io.similitude.report;

import io.similitude.analysis.finding.FindingRow;

/**
 * The number of a finding as text. The error over training runs is preferred to the other error.
 */
final class FoundNumber {
  private FoundNumber() {}

  static Double error(FindingRow row) {
    return row.errorNetworks() == null ? row.errorExamples() : row.errorNetworks();
  }

  /** The number as {@code 0.240(7)}, or the reason why there is none. */
  static String inParentheses(FindingRow row) {
    return row.value() == null ? row.status().label() : UncertainNumber.of(row.value(), error(row));
  }
}
