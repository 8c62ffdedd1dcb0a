package io.similitude.spec;

/** A check of a data set that a spec may switch off. */
public enum DatasetCheck implements Keyword {
  /** Pixels that networks are shown are in [0, 1]. */
  PIXELS,
  /** Labels are classes of each network. */
  LABELS
}
