package io.similitude.dataset.parquet;

import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** One column of plain values, and the schema that reads only this column. */
public record ParquetColumn(MessageType schema, ColumnDescriptor descriptor) {
  /** The field of Hugging Face's image structure that holds the file's bytes. */
  private static final String BYTES = "bytes";

  /** A column of bytes, or the bytes of a column of {@code {bytes, path}}. */
  public static Optional<ParquetColumn> images(MessageType schema, String name) {
    return field(schema, name)
        .flatMap(ParquetColumn::withBytesAlone)
        .map(field -> of(schema, field))
        .filter(column -> column.isOf(PrimitiveTypeName.BINARY));
  }

  /** A column of integers. */
  public static Optional<ParquetColumn> integers(MessageType schema, String name) {
    return field(schema, name)
        .filter(Type::isPrimitive)
        .map(field -> of(schema, field))
        .filter(c -> c.isOf(PrimitiveTypeName.INT64) || c.isOf(PrimitiveTypeName.INT32));
  }

  /** The integer at the current position of a reader of a column of integers. */
  public static long integer(ColumnReader cells) {
    boolean isLong =
        cells.getDescriptor().getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64;
    return isLong ? cells.getLong() : cells.getInteger();
  }

  /** A column of text. */
  public static Optional<ParquetColumn> texts(MessageType schema, String name) {
    return field(schema, name)
        .filter(Type::isPrimitive)
        .map(field -> of(schema, field))
        .filter(column -> column.isOf(PrimitiveTypeName.BINARY));
  }

  /** A column of lists of floats or doubles. */
  public static Optional<ParquetColumn> lists(MessageType schema, String name) {
    return field(schema, name)
        .map(field -> new MessageType(schema.getName(), List.of(field)))
        .filter(alone -> alone.getColumns().size() == 1)
        .map(alone -> new ParquetColumn(alone, alone.getColumns().get(0)))
        .filter(ParquetColumn::isListOfNumbers);
  }

  private boolean isListOfNumbers() {
    PrimitiveTypeName type = descriptor.getPrimitiveType().getPrimitiveTypeName();
    return descriptor.getMaxRepetitionLevel() == 1
        && (type == PrimitiveTypeName.FLOAT || type == PrimitiveTypeName.DOUBLE);
  }

  private static Optional<Type> field(MessageType schema, String name) {
    return schema.containsField(name) ? Optional.of(schema.getType(name)) : Optional.empty();
  }

  private static Optional<Type> withBytesAlone(Type field) {
    if (field.isPrimitive()) {
      return Optional.of(field);
    }
    GroupType group = field.asGroupType();
    return group.containsField(BYTES) && group.getType(BYTES).isPrimitive()
        ? Optional.of(group.withNewFields(group.getType(BYTES)))
        : Optional.empty();
  }

  private static ParquetColumn of(MessageType schema, Type field) {
    MessageType alone = new MessageType(schema.getName(), List.of(field));
    return new ParquetColumn(alone, alone.getColumns().get(0));
  }

  private boolean isOf(PrimitiveTypeName type) {
    return descriptor.getPrimitiveType().getPrimitiveTypeName() == type
        && descriptor.getMaxRepetitionLevel() == 0;
  }
}
