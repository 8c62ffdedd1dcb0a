package io.similitude.analysis.finding;

import java.util.Locale;

/** Whether a finding has a value or a test, and if not, why. */
public enum FindingStatus {
  OK,
  /** A network has fewer layers than segments and ranges need. */
  TOO_FEW_LAYERS,
  /** Cells of the matrix were not compared, or have no replicates. */
  MISSING_PAIRS,
  /** There is one batch of examples, so no error over examples exists. */
  ONE_BATCH,
  /** More segments are needed than the search allows. */
  TOO_MANY_SEGMENTS,
  /** There are so few training runs, or so few in blocks, that no test could find anything. */
  TOO_FEW_RUNS,
  /** The tag has one value only. */
  ONE_GROUP,
  /** Two files hold the same network. */
  DUPLICATE,
  /** There are no layers of the same name. */
  NO_MATCHED_LAYERS,
  /** Every example that was right is wrong under the attack. */
  ALL_FOOLED,
  /** No example that was right is wrong under the attack. */
  NONE_FOOLED,
  /** The attack changed nothing. */
  NO_LOSS,
  /** The examples have no labels, or no predictions. */
  NO_LABELS,
  /** Training data is not in the sweep. */
  NO_TRAINING_DATA,
  /** No value of the sweep is beyond the threshold. */
  NOT_REACHED;

  /** The word in the tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The status with this word. */
  public static FindingStatus labelled(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
