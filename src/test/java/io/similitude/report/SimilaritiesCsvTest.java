package io.similitude.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Significance;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SimilaritiesCsvTest {
  @TempDir Path folder;

  @Test
  void quotesWhatHasToBeQuoted() throws IOException {
    Path file = folder.resolve("similarities.csv");
    try (SimilaritiesCsv csv = SimilaritiesCsv.create(file)) {
      csv.write(
          new SimilarityRow(
              new MeasureColumns("m", "", "", ""),
              new Site("a", "v", "one,two", 0),
              new Site("b", "v", "say \"x\"\n", 1),
              MeasureValue.withoutError(1e-300),
              new Significance(
                  OptionalDouble.of(0.5),
                  OptionalDouble.of(-2.5),
                  OptionalDouble.of(0.75),
                  OptionalDouble.empty()),
              4,
              1));
    }

    assertThat(Files.readString(file))
        .endsWith(
            "\r\nm,,,,a,v,\"one,two\",0,b,v,\"say \"\"x\"\"\n\",1,1.0E-300,,4,1,ok,,0.5,-2.5,0.75,\r\n");
  }
}
