package io.similitude.report;

import io.similitude.analysis.Findings;
import io.similitude.analysis.FindingsBuilder;
import io.similitude.analysis.finding.SweepFindings;
import io.similitude.similarity.table.SimilarityRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * Writes a report into a folder: {@code similarities.csv} with every row, {@code index.html} that
 * needs nothing else and no network, every figure as PNG, SVG and PDF, and the findings as {@code
 * findings.csv} and {@code findings.tex}.
 */
public final class ReportWriter {
  private ReportWriter() {}

  /**
   * Writes the report and replaces an existing one.
   *
   * @param rows all similarities, in the order of the CSV; they are read once and not kept in
   *     memory
   * @param builder already has everything except the heatmaps, which are made from the rows here
   * @param found the findings in the rows
   * @param folder a folder on the local file system; it is created if it does not exist
   */
  public static Findings write(
      Iterator<SimilarityRow> rows, FindingsBuilder builder, SweepFindings found, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    try (SimilaritiesCsv csv = SimilaritiesCsv.create(folder.resolve("similarities.csv"))) {
      while (rows.hasNext()) {
        SimilarityRow row = rows.next();
        csv.write(row);
        builder.add(row);
      }
    }
    Findings findings = builder.build();
    ReportFigures figures = new ReportFigures(findings, found);
    Files.writeString(folder.resolve("index.html"), HtmlPage.of(findings, figures, found));
    figures.write(folder);
    if (!found.rows().isEmpty()) {
      FindingsCsv.write(found.rows(), folder);
      FindingsTex.write(found.rows(), folder);
    }
    return findings;
  }
}
