package io.similitude.store.row;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A failure: something that a command could not do.
 *
 * @param view the view; null if the whole checkpoint failed
 * @param batch the batch; null if the whole checkpoint or view failed
 * @param stage the stage, such as extract
 * @param cause the cause and what to do, in one line
 */
public record FailureRow(String checkpoint, String view, Integer batch, String stage, String cause)
    implements Serializable {

  public FailureRow {
    requireNonNull(checkpoint);
    requireNonNull(stage);
    requireNonNull(cause);
  }

  /** The failure of a whole checkpoint, or of another named thing. */
  public static FailureRow of(String checkpoint, String stage, String cause) {
    return new FailureRow(checkpoint, null, null, stage, cause);
  }

  /** The failure of a whole unit. */
  public static FailureRow of(UnitKey unit, String stage, String cause) {
    return new FailureRow(unit.checkpoint(), unit.view(), unit.batch(), stage, cause);
  }

  public InternalRow encode() {
    return new GenericInternalRow(
        new Object[] {
          UTF8String.fromString(checkpoint),
          UTF8String.fromString(view),
          batch,
          UTF8String.fromString(stage),
          UTF8String.fromString(cause)
        });
  }

  /** Decodes a row of the table's file. */
  public static FailureRow decode(Group row) {
    boolean hasView = row.getFieldRepetitionCount("view") > 0;
    boolean hasBatch = row.getFieldRepetitionCount("batch") > 0;
    return new FailureRow(
        row.getString("checkpoint", 0),
        hasView ? row.getString("view", 0) : null,
        hasBatch ? row.getInteger("batch", 0) : null,
        row.getString("stage", 0),
        row.getString("cause", 0));
  }
}
