package io.similitude.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a sweep that is as large as pages get. */
final class LargeReportTest {
  /** 100 heatmaps of so many layers have 577,600 cells. */
  private static final int LAYERS = 76;

  private static final int MOST_BYTES = 6_000_000;

  @TempDir Path folder;

  @Test
  void sixHundredThousandCellsStaySmall() throws IOException {
    LargeReport report = new LargeReport(8, 4, LAYERS);
    ReportWriter.write(report.rows(), report.builder(), folder);
    String page = Files.readString(folder.resolve("index.html"));
    JsonNode data = ReportWriterTest.data(page);

    long cells = 0;
    for (JsonNode map : data.get("heatmaps")) {
      cells += Base64.getDecoder().decode(map.get("values").textValue()).length / 2;
    }
    assertThat(cells).isBetween(570_000L, 600_000L);
    assertThat(Files.size(folder.resolve("index.html"))).isLessThan(MOST_BYTES);
    assertThat(data.get("frames")).as("all have the same layers").hasSize(1);
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      for (String kind : List.of(".png", ".svg", ".pdf")) {
        assertThat(
                names.stream().filter(name -> name.startsWith("heatmap-") && name.endsWith(kind)))
            .hasSize(100);
        assertThat(names).contains("series-accuracy-epsilon" + kind, "matched-layers-v1" + kind);
      }
    }
  }
}
