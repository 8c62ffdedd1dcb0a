package io.similitude.report;

import io.similitude.analysis.Findings;
import io.similitude.analysis.FindingsBuilder;
import io.similitude.similarity.table.SimilarityRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * Writes a report into a folder: {@code similarities.csv} with every row, {@code index.html} that
 * needs nothing else and no network, and a PNG for each heatmap and for the curves of each view
 * with an attack.
 */
public final class ReportWriter {
  private ReportWriter() {}

  /**
   * Writes the report, replacing one that is there.
   *
   * @param rows all similarities, in the order of the CSV; passed through once, never held
   * @param builder has all the rest already; the heatmaps are made of the rows here
   * @param folder on the local file system; created when it is not there
   */
  public static Findings write(Iterator<SimilarityRow> rows, FindingsBuilder builder, Path folder)
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
    ImageNames images = ImageNames.of(findings);
    Files.writeString(folder.resolve("index.html"), HtmlPage.of(findings, images));
    writeHeatmaps(findings, images.heatmaps(), folder);
    writeMatchedLayers(findings, images.matchedLayers(), folder);
    return findings;
  }

  private static void writeHeatmaps(Findings findings, List<String> names, Path folder)
      throws IOException {
    for (int i = 0; i < names.size(); i++) {
      HeatmapImage.write(findings.heatmaps().get(i), folder.resolve(names.get(i)));
    }
  }

  private static void writeMatchedLayers(Findings findings, List<String> names, Path folder)
      throws IOException {
    for (int i = 0; i < names.size(); i++) {
      MatchedLayersImage.write(
          findings, findings.robustness().matchedLayers().get(i), folder.resolve(names.get(i)));
    }
  }
}
