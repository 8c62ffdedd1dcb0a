package io.similitude.report;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Significance;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * The table of similarities as CSV (RFC 4180, UTF-8), one row at a time.
 *
 * <p>Numbers have enough digits to give the same float64 when they are read. A value that does not
 * exist is empty.
 */
final class SimilaritiesCsv implements Closeable {
  private static final List<String> COLUMNS =
      List.of(
          "metric",
          "kernel",
          "estimator",
          "bias",
          "a_checkpoint",
          "a_view",
          "a_layer",
          "a_position",
          "b_checkpoint",
          "b_view",
          "b_layer",
          "b_position",
          "value",
          "standard_error",
          "examples",
          "batches",
          "status",
          "parameters",
          "jackknife_error",
          "z_score",
          "p_value",
          "q_value");

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.MINIMAL).get();

  private final CSVPrinter out;

  private SimilaritiesCsv(CSVPrinter out) {
    this.out = out;
  }

  /** Creates or replaces the file and writes its header. */
  static SimilaritiesCsv create(Path file) throws IOException {
    CSVPrinter out = new CSVPrinter(Files.newBufferedWriter(file), FORMAT);
    out.printRecord(COLUMNS);
    return new SimilaritiesCsv(out);
  }

  void write(SimilarityRow row) throws IOException {
    MeasureColumns measure = row.measure();
    MeasureValue similarity = row.similarity();
    out.printRecord(
        Stream.of(
                Stream.of(measure.metric(), measure.kernel(), measure.estimator(), measure.bias()),
                site(row.a()),
                site(row.b()),
                Stream.of(text(similarity.value()), text(similarity.standardError())),
                Stream.of(Long.toString(row.examples()), Integer.toString(row.batches())),
                Stream.of(similarity.status().label(), measure.parameters()),
                evidence(row.evidence()))
            .flatMap(fields -> fields));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static Stream<String> site(Site site) {
    return Stream.of(
        site.checkpoint(), site.view(), site.layer(), Integer.toString(site.position()));
  }

  private static Stream<String> evidence(Significance evidence) {
    return Stream.of(
        text(evidence.jackknifeError()),
        text(evidence.zScore()),
        text(evidence.pValue()),
        text(evidence.qValue()));
  }

  private static String text(OptionalDouble number) {
    return number.isPresent() ? Double.toString(number.getAsDouble()) : "";
  }
}
