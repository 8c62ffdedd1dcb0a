package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.similitude.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checkpoints that normalise their own input, from the file to the report. What PyTorch 2.6 makes
 * of the same images lies beside them (src/test/resources/normalisers/generate.py).
 */
final class NormalisedCheckpointsIT {
  private static final Path FILES = Path.of("src/test/resources/normalisers").toAbsolutePath();
  private static final Path QUICKSTART = Path.of("jobs/quickstart").toAbsolutePath();
  private static final int EXAMPLES = 16;

  private static final String SPEC =
      """
      sweep: ckpt
      dataset:
        format: idx
        images: %1$s/t10k-first-2000-images-idx3-ubyte.gz
        labels: %1$s/t10k-first-2000-labels-idx1-ubyte.gz
        examples: %3$d
        transform: [{pad: 2}, {channels: 3}]
      batch: %3$d
      activations: none
      networks: {w: {architecture: wide-resnet, depth: 16, width: 1, classes: 10}}
      checkpoints:
        - {id: plain, network: w, weights: %1$s/standard.pth.tar}
        - {id: madry, network: w, weights: %2$s/madry.pth}
        - {id: seq-normalize, network: w, weights: %2$s/seq-normalize.pth}
      layers: {types: [Linear, AvgPool2d]}
      similarities: [{metric: cka}]
      compare: same-layer
      """;

  @TempDir static Path folder;

  private static CommandResult result;

  @BeforeAll
  static void run() throws IOException {
    SharedSpark.session();
    Path spec = folder.resolve("sweep.yaml");
    Files.writeString(spec, SPEC.formatted(QUICKSTART, FILES, EXAMPLES));
    result = CommandResult.of("run", spec.toString(), "--output", folder.toString());
  }

  @Test
  void areReadAndSaidToBeNormalised() throws IOException {
    assertThat(result.status()).as(result.error()).isZero();
    for (String place : List.of("manifest.json", "report/index.html")) {
      assertThat(Files.readString(folder.resolve("ckpt").resolve(place)))
          .as(place)
          .contains("the input is normalised by the numbers in the checkpoint")
          .contains("0.2023, 0.1994, 0.201");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "madry", "seq-normalize"})
  void logitsArePyTorchs(String checkpoint) throws Exception {
    double[] expected =
        Files.readAllLines(FILES.resolve(checkpoint + ".tsv")).stream()
            .flatMap(line -> Arrays.stream(line.split("\t")))
            .mapToDouble(Double::parseDouble)
            .toArray();
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();

    assertThat(expected).hasSize(EXAMPLES * 10);
    assertThat(logits(checkpoint)).containsExactly(expected, within(1e-5 * largest));
  }

  private static double[] logits(String checkpoint) throws Exception {
    List<String> rows =
        RunContents.query(
            """
            select to_json(logits) from read_parquet('%s/ckpt/predictions/**/*.parquet', hive_partitioning = true)
            where checkpoint = '%s' order by example_id"""
                .formatted(folder, checkpoint));
    List<Double> all = new ArrayList<>();
    for (String row : rows) {
      for (double logit : new ObjectMapper().readValue(row, double[].class)) {
        all.add(logit);
      }
    }
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
