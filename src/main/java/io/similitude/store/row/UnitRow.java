package io.similitude.store.row;

import org.apache.spark.sql.catalyst.InternalRow;

/** A row of a table of units. Checkpoint, view and batch come from the unit that it is added to. */
public sealed interface UnitRow permits PredictionRow, GramRow, ActivationRow, InputRow {

  /** The table that it is a row of. */
  Table table();

  /** The columns of the table's files, in their order. */
  InternalRow encode(int batch);
}
