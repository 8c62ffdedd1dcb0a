package io.similitude.stage;

import io.similitude.store.row.RowChoice;
import org.apache.spark.sql.Row;

/**
 * One row of the predictions whose example has a label.
 *
 * @param linf the largest change of a pixel, in units of the range [0, 1]
 * @param l2 the Euclidean norm of the change, in the same units
 * @param gradient what the attack met; null if it asked for no gradient
 */
record LabelledPrediction(
    String view, long example, boolean correct, double linf, double l2, String gradient) {
  static final RowChoice COLUMNS =
      RowChoice.ofColumns(
          "checkpoint",
          "view",
          "example_id",
          "correct",
          "perturbation_linf",
          "perturbation_l2",
          "gradient");

  static boolean isLabelled(Row row) {
    return row.getAs("correct") != null;
  }

  static LabelledPrediction decode(Row row) {
    return new LabelledPrediction(
        row.getAs("view"),
        row.<Long>getAs("example_id"),
        row.<Boolean>getAs("correct"),
        row.<Float>getAs("perturbation_linf"),
        row.<Float>getAs("perturbation_l2"),
        row.getAs("gradient"));
  }
}
