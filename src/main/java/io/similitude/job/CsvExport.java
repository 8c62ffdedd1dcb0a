package io.similitude.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A table as CSV (RFC 4180): a head line, rows sorted by all columns but arrays and bytes, null as
 * nothing, arrays as JSON, bytes as base64.
 */
final class CsvExport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CsvExport() {}

  static void write(Dataset<Row> rows, OutputStream out) throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    text.write(String.join(",", rows.columns()) + "\r\n");
    Iterator<Row> ordered = rows.orderBy(sortable(rows)).toLocalIterator();
    while (ordered.hasNext()) {
      text.write(line(ordered.next()));
    }
    text.flush();
  }

  private static Column[] sortable(Dataset<Row> rows) {
    return Arrays.stream(rows.dtypes())
        .filter(column -> !column._2().startsWith("Array") && !column._2().startsWith("Binary"))
        .map(column -> functions.col(column._1()))
        .toArray(Column[]::new);
  }

  private static String line(Row row) {
    List<Object> values = CollectionConverters.asJava(row.toSeq());
    return values.stream().map(CsvExport::cell).collect(Collectors.joining(",")) + "\r\n";
  }

  private static String cell(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (value instanceof scala.collection.Seq<?> array) {
      return quoted(json(CollectionConverters.asJava(array)));
    }
    String text = value.toString();
    return text.matches("(?s).*[\",\\r\\n].*") ? quoted(text) : text;
  }

  private static String json(List<?> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A list of numbers is JSON", e);
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }
}
