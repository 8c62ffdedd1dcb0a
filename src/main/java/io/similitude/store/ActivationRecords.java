package io.similitude.store;

import java.util.Arrays;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/**
 * Makes rows of activations from the values that Parquet reads. The values go directly into arrays.
 * Parquet's own groups would hold an object for every number.
 */
final class ActivationRecords extends RecordMaterializer<ActivationRecords.Row> {
  private static final int FEW = 64;

  private final Root root;

  ActivationRecords(MessageType schema) {
    root = new Root(schema);
  }

  @Override
  public Row getCurrentRecord() {
    return root.row();
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  /** The values that are read of one row. */
  static final class Row {
    private final int position;
    private final long exampleId;
    private final float[] features;

    Row(int position, long exampleId, float[] features) {
      this.position = position;
      this.exampleId = exampleId;
      this.features = features;
    }

    int position() {
      return position;
    }

    long exampleId() {
      return exampleId;
    }

    float[] features() {
      return features;
    }
  }

  /** The columns, found by their names. Their order in the file does not matter. */
  private static final class Root extends GroupConverter {
    private final Whole position = new Whole();
    private final Whole exampleId = new Whole();
    private final Numbers numbers = new Numbers();
    private final Converter[] fields;

    Root(MessageType schema) {
      fields =
          schema.getFields().stream()
              .map(field -> converter(field.getName()))
              .toArray(Converter[]::new);
    }

    Row row() {
      return new Row((int) position.value, exampleId.value, numbers.taken());
    }

    @Override
    public Converter getConverter(int field) {
      return fields[field];
    }

    @Override
    public void start() {
      numbers.count = 0;
    }

    @Override
    public void end() {
      // Nothing is left to do: the row is asked for.
    }

    private Converter converter(String column) {
      return switch (column) {
        case "position" -> position;
        case "example_id" -> exampleId;
        case "features" -> new Nested(new Nested(numbers));
        default -> new Whole();
      };
    }
  }

  /** Holds the last whole number and ignores texts. */
  private static final class Whole extends PrimitiveConverter {
    private long value;

    @Override
    public void addInt(int next) {
      value = next;
    }

    @Override
    public void addLong(long next) {
      value = next;
    }

    @Override
    public void addBinary(Binary next) {
      // The layer's name is not needed: its position identifies it.
    }
  }

  /** Collects the numbers of a list in order. */
  private static final class Numbers extends PrimitiveConverter {
    private float[] values = new float[FEW];
    private int count;

    @Override
    public void addFloat(float next) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = next;
    }

    float[] taken() {
      return Arrays.copyOf(values, count);
    }
  }

  /** A group with one field. A list is such a group, and so is its element. */
  private static final class Nested extends GroupConverter {
    private final Converter only;

    Nested(Converter only) {
      this.only = only;
    }

    @Override
    public Converter getConverter(int field) {
      return only;
    }

    @Override
    public void start() {
      // Nothing to do: the numbers are added when they are read.
    }

    @Override
    public void end() {
      // Nothing to do here either.
    }
  }
}
