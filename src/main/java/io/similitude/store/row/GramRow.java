package io.similitude.store.row;

import static java.util.Objects.requireNonNull;

import io.similitude.similarity.gram.PackedGram;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The Gram matrix of one layer on one batch.
 *
 * @param position index of the layer among the tapped ones
 * @param layer its name
 * @param gram of the features, centred within the batch
 */
public record GramRow(int position, String layer, PackedGram gram) implements UnitRow {

  public GramRow {
    requireNonNull(layer);
    requireNonNull(gram);
  }

  @Override
  public Table table() {
    return Table.GRAMS;
  }

  @Override
  public InternalRow encode(int batch) {
    return new GenericInternalRow(
        new Object[] {UTF8String.fromString(layer), position, batch, gram.n(), gram.toBytes()});
  }
}
