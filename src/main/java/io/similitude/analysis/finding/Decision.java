package io.similitude.analysis.finding;

import java.util.Locale;

/** What a finding says where it has a threshold. */
public enum Decision {
  PRESENT,
  WEAK,
  ABSENT,
  /** The data do not carry a decision. */
  UNDECIDED;

  /** The word that stands in the tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The decision with this word. */
  public static Decision labelled(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
