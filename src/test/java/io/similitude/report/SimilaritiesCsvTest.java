package io.similitude.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.similarity.Evidence;
import io.similitude.similarity.Measure;
import io.similitude.similarity.Similarity;
import io.similitude.similarity.SimilarityRow;
import io.similitude.similarity.Site;
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
              new Measure("m", "", "", ""),
              new Site("a", "v", "one,two", 0),
              new Site("b", "v", "say \"x\"\n", 1),
              Similarity.withoutError(1e-300),
              new Evidence(
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
