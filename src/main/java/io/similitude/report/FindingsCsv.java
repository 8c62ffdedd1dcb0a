package io.similitude.report;

import io.similitude.analysis.finding.FindingColumns;
import io.similitude.analysis.finding.FindingRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * The table of findings as CSV (RFC 4180, UTF-8). Numbers have all digits. A value that does not
 * exist is an empty field. Sentences link to the rows. The header is row 1 (RFC 7111).
 */
final class FindingsCsv {
  static final String FILE = "findings.csv";

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.MINIMAL).get();

  private FindingsCsv() {}

  static void write(List<FindingRow> rows, Path folder) throws IOException {
    try (CSVPrinter out = new CSVPrinter(Files.newBufferedWriter(folder.resolve(FILE)), FORMAT)) {
      out.printRecord(FindingColumns.NAMES);
      for (FindingRow row : rows) {
        out.printRecord(FindingColumns.texts(row));
      }
    }
  }
}
