package io.similitude.analysis.finding;

import java.util.Locale;

/** The decision of a finding that has a threshold. */
public enum Decision {
  PRESENT,
  WEAK,
  ABSENT,
  /** The data are not enough for a decision. */
  UNDECIDED;

  /** The word in the tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The decision with this word. */
  public static Decision labelled(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
