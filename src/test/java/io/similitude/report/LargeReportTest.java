package io.similitude.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.similitude.analysis.Findings;
import io.similitude.analysis.FindingsBuilder;
import io.similitude.analysis.finding.SweepFindings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a sweep that is as large as pages get. */
final class LargeReportTest {
  private static final int CHECKPOINTS = 13;

  /** 91 heatmaps of so many layers have 582,400 cells. */
  private static final int LAYERS = 80;

  private static final int MOST_BYTES = 6_000_000;

  @TempDir Path folder;

  @Test
  void sixHundredThousandCellsStaySmall() throws IOException {
    LargeReport report = new LargeReport(CHECKPOINTS, 1, LAYERS);
    FindingsBuilder builder = report.builder();
    report.rows().forEachRemaining(builder::add);
    Findings findings = builder.build();
    String page =
        HtmlPage.of(
            findings, new ReportFigures(findings, SweepFindings.NOTHING), SweepFindings.NOTHING);
    JsonNode data = ReportWriterTest.data(page);

    long cells = 0;
    for (JsonNode map : data.get("heatmaps")) {
      cells += Base64.getDecoder().decode(map.get("values").textValue()).length / 2;
    }
    assertThat(cells).isEqualTo(582_400);
    assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MOST_BYTES);
    assertThat(data.get("frames")).as("all have the same layers").hasSize(1);
  }

  @Test
  void everyFigureIsThereAsPngSvgAndPdf() throws IOException {
    LargeReport report = new LargeReport(2, 4, 5);
    ReportWriter.write(report.rows(), report.builder(), SweepFindings.NOTHING, folder);

    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      for (String kind : List.of(".png", ".svg", ".pdf")) {
        assertThat(names)
            .contains(
                "heatmap-checkpoint-0-v0-vs-checkpoint-1-v0" + kind,
                "series-accuracy-epsilon" + kind,
                "series-cka-epsilon" + kind,
                "matched-layers-v1" + kind);
        assertThat(names.stream().filter(name -> name.endsWith(kind))).hasSize(36 + 2 + 3);
      }
    }
  }
}
