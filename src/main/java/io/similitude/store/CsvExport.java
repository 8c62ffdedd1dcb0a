package io.similitude.store;

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
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A table as CSV (RFC 4180). It has a head line. The rows are sorted by all columns except arrays
 * and bytes. A null is an empty field, an array is JSON, and bytes are base64.
 */
public final class CsvExport {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.MINIMAL).get();

  private CsvExport() {}

  public static void write(Dataset<Row> rows, OutputStream out) throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    CSVPrinter printer = new CSVPrinter(text, FORMAT);
    printer.printRecord((Object[]) rows.columns());
    Iterator<Row> ordered = rows.orderBy(sortable(rows)).toLocalIterator();
    while (ordered.hasNext()) {
      printer.printRecord(cells(ordered.next()));
    }
    printer.flush();
  }

  private static Column[] sortable(Dataset<Row> rows) {
    return Arrays.stream(rows.dtypes())
        .filter(column -> !column._2().startsWith("Array") && !column._2().startsWith("Binary"))
        .map(column -> functions.col(column._1()))
        .toArray(Column[]::new);
  }

  private static Stream<Object> cells(Row row) {
    List<Object> values = CollectionConverters.asJava(row.toSeq());
    return values.stream().map(CsvExport::cell);
  }

  private static Object cell(Object value) {
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    if (value instanceof scala.collection.Seq<?> array) {
      return json(CollectionConverters.asJava(array));
    }
    return value instanceof String text ? harmless(text) : value;
  }

  /** Makes a text safe. Spreadsheets run a text that begins like a formula. */
  private static String harmless(String text) {
    return text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
  }

  private static String json(List<?> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A list of numbers is JSON", e);
    }
  }
}
