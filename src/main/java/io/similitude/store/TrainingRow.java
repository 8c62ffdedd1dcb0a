package io.similitude.store;

import static java.util.Objects.requireNonNull;

import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What an epoch of a training saw, or an evaluation after it.
 *
 * @param epoch epochs that were done
 * @param data name of the data set
 * @param view of an evaluation; null for what the steps saw
 * @param rate of the last step; null for an evaluation
 */
public record TrainingRow(
    int epoch,
    String data,
    String view,
    double loss,
    double accuracy,
    long examples,
    Double rate,
    double seconds,
    String weightsSha256,
    String momentaSha256) {
  public TrainingRow {
    requireNonNull(data);
    requireNonNull(weightsSha256);
    requireNonNull(momentaSha256);
  }

  /** Whether it is of an evaluation. */
  public boolean isEvaluation() {
    return view != null;
  }

  InternalRow encode() {
    return new GenericInternalRow(
        new Object[] {
          epoch,
          UTF8String.fromString(data),
          UTF8String.fromString(view),
          loss,
          accuracy,
          examples,
          rate,
          seconds,
          UTF8String.fromString(weightsSha256),
          UTF8String.fromString(momentaSha256)
        });
  }

  static TrainingRow decode(Group row) {
    return new TrainingRow(
        row.getInteger("epoch", 0),
        row.getString("data", 0),
        row.getFieldRepetitionCount("view") == 0 ? null : row.getString("view", 0),
        row.getDouble("loss", 0),
        row.getDouble("accuracy", 0),
        row.getLong("examples", 0),
        row.getFieldRepetitionCount("rate") == 0 ? null : row.getDouble("rate", 0),
        row.getDouble("seconds", 0),
        row.getString("weights_sha256", 0),
        row.getString("momenta_sha256", 0));
  }
}
