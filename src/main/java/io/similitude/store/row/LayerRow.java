package io.similitude.store.row;

import static java.util.Objects.requireNonNull;

import io.similitude.files.Fingerprint;
import io.similitude.spec.key.Fingerprinted;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A tapped layer of a checkpoint.
 *
 * @param position index among the tapped layers, in the order in which they returned
 * @param layer PyTorch's name, with {@code #k} for a repeated call
 * @param type the type of the module
 * @param shape the shape of its value for one example
 * @param features the number of compared features of one example
 */
public record LayerRow(int position, String layer, String type, List<Integer> shape, long features)
    implements Serializable, Fingerprinted {

  public LayerRow {
    requireNonNull(layer);
    requireNonNull(type);
    shape = List.copyOf(shape);
  }

  @Override
  public String fingerprint() {
    return new Fingerprint()
        .with("position", position)
        .with("layer", layer)
        .with("type", type)
        .with("shape", shape.stream().mapToLong(Integer::longValue).toArray())
        .with("features", features)
        .hex();
  }

  public InternalRow encode() {
    return new GenericInternalRow(
        new Object[] {
          position,
          UTF8String.fromString(layer),
          UTF8String.fromString(type),
          UnsafeArrayData.fromPrimitiveArray(shape.stream().mapToInt(Integer::intValue).toArray()),
          features
        });
  }

  public static LayerRow decode(Group row) {
    return new LayerRow(
        row.getInteger("position", 0),
        row.getString("layer", 0),
        row.getString("type", 0),
        integers(row.getGroup("shape", 0)),
        row.getLong("features", 0));
  }

  private static List<Integer> integers(Group list) {
    return IntStream.range(0, list.getFieldRepetitionCount("list"))
        .mapToObj(i -> list.getGroup("list", i).getInteger("element", 0))
        .toList();
  }
}
