package io.similitude.store.row;

import static java.util.Objects.requireNonNull;

import io.similitude.similarity.gram.GramSummary;
import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The moments of one layer on one batch.
 *
 * @param position index of the layer among the tapped ones
 * @param layer its name
 * @param batch index of the batch
 */
public record GramSummaryRow(int position, String layer, int batch, GramSummary moments) {

  public GramSummaryRow {
    requireNonNull(layer);
    requireNonNull(moments);
  }

  public InternalRow encode() {
    return new GenericInternalRow(
        new Object[] {
          UTF8String.fromString(layer),
          position,
          batch,
          moments.n(),
          moments.norm(),
          moments.plainNorm(),
          moments.triangles(),
          moments.cubes()
        });
  }

  public static GramSummaryRow decode(Group row) {
    return new GramSummaryRow(
        row.getInteger("position", 0),
        row.getString("layer", 0),
        row.getInteger("batch", 0),
        new GramSummary(
            row.getInteger("n", 0),
            row.getDouble("norm", 0),
            row.getDouble("plain_norm", 0),
            row.getDouble("triangles", 0),
            row.getDouble("cubes", 0)));
  }
}
