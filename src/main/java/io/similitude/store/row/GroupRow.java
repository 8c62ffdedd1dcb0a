package io.similitude.store.row;

import java.util.Map;
import org.apache.parquet.example.data.Group;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.ArraySeq;

/** Turns what Parquet reads into the rows that Spark gives, for the types that the tables have. */
public final class GroupRow {
  private GroupRow() {}

  /**
   * Decodes one row.
   *
   * @param schema the columns of the row
   * @param partition the values of the columns that are in the path of the file and not in it
   */
  public static Row decode(Group group, StructType schema, Map<String, String> partition) {
    StructField[] fields = schema.fields();
    Object[] values = new Object[fields.length];
    for (int i = 0; i < fields.length; i++) {
      String name = fields[i].name();
      values[i] =
          partition.containsKey(name)
              ? partition.get(name)
              : value(group, name, fields[i].dataType());
    }
    return new GenericRowWithSchema(values, schema);
  }

  private static Object value(Group group, String name, DataType type) {
    if (group.getFieldRepetitionCount(name) == 0) {
      return null;
    }
    return type instanceof ArrayType array
        ? list(group.getGroup(name, 0), array.elementType())
        : single(group, name, type);
  }

  /** Parquet's lists: a group {@code list} for each element, with the field {@code element}. */
  private static Object list(Group list, DataType type) {
    int size = list.getFieldRepetitionCount("list");
    Object[] elements = new Object[size];
    for (int i = 0; i < size; i++) {
      elements[i] = single(list.getGroup("list", i), "element", type);
    }
    return ArraySeq.unsafeWrapArray(elements);
  }

  private static Object single(Group group, String name, DataType type) {
    if (type.equals(DataTypes.StringType)) {
      return group.getString(name, 0);
    } else if (type.equals(DataTypes.IntegerType)) {
      return group.getInteger(name, 0);
    } else if (type.equals(DataTypes.LongType)) {
      return group.getLong(name, 0);
    } else if (type.equals(DataTypes.DoubleType)) {
      return group.getDouble(name, 0);
    } else if (type.equals(DataTypes.FloatType)) {
      return group.getFloat(name, 0);
    } else if (type.equals(DataTypes.BooleanType)) {
      return group.getBoolean(name, 0);
    } else if (type.equals(DataTypes.BinaryType)) {
      return group.getBinary(name, 0).getBytes();
    }
    throw new IllegalArgumentException("Invalid type of column " + name + ": " + type.sql());
  }
}
