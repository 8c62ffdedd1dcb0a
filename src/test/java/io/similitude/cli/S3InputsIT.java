package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.SharedSpark;
import io.similitude.store.row.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep whose spec, data set, exported network and checkpoints all lie in S3. */
final class S3InputsIT {
  private static final Path NETWORK = Path.of("src/test/resources/networks/wide_resnet_10_1");
  private static final Path CHECKPOINTS = Path.of("src/test/resources/checkpoint");
  private static final Path IMAGES = Path.of("src/test/resources/io/similitude/dataset");

  /** Hadoop keeps the first settings that it sees for a bucket: one server serves all tests. */
  @TempDir static Path folder;

  private static Path bucket;
  private static S3Folder s3;

  @BeforeAll
  static void start() throws Exception {
    SharedSpark.session();
    bucket = Files.createDirectories(folder.resolve("bucket/runs"));
    s3 = new S3Folder(folder.resolve("bucket"));
    s3.settings().forEach((key, value) -> System.setProperty("spark.hadoop." + key, value));
  }

  @AfterAll
  static void stop() {
    s3.settings().keySet().forEach(key -> System.clearProperty("spark.hadoop." + key));
    s3.close();
  }

  @Test
  void aTemplateAndCheckpointsInS3AreSweptAndEachProcessReadsTheTemplateOnce() throws Exception {
    Files.copy(NETWORK.resolve("traced.pt"), bucket.resolve("template.pt"));
    Files.copy(IMAGES.resolve("fashion-mnist-50-images-idx3-ubyte.gz"), bucket.resolve("x.gz"));
    Files.copy(IMAGES.resolve("fashion-mnist-50-labels-idx1-ubyte.gz"), bucket.resolve("y.gz"));
    for (String type : new String[] {"fp16", "bf16"}) {
      Files.copy(
          CHECKPOINTS.resolve("wide_resnet_10_1_state_dict_" + type + ".pth"),
          bucket.resolve("epoch_" + type + ".pth"));
    }
    Files.writeString(
        bucket.resolve("sweep.yaml"),
        """
        sweep: remote
        dataset:
          format: idx
          images: x.gz
          labels: s3a://bucket/runs/y.gz
          examples: 16
          transform: [{pad: 2}, {channels: 3}]
        batch: 8
        networks:
          template: {torchscript: template.pt}
        checkpoints:
          - {glob: "s3a://bucket/runs/epoch_*.pth", network: template, id: "{stem}"}
          - {id: own, torchscript: "s3a://bucket/runs/template.pt"}
        """);

    CommandResult result =
        CommandResult.of("run", "s3a://bucket/runs/sweep.yaml", "--output=" + folder);

    assertThat(result.status()).as(result.error()).isZero();
    Path run = folder.resolve("remote");
    int sites = 3 * TinySweep.LAYERS;
    assertThat(RunContents.rows(run, Table.SIMILARITIES)).hasSize(sites * (sites + 1) / 2);
    assertThat(
            RunContents.query(
                "select distinct checkpoint from read_parquet('%s/predictions/**/*.parquet') order by 1"
                    .formatted(run)))
        .containsExactly("epoch_bf16", "epoch_fp16", "own");
    // Two networks, each read once to plan it and once by each of two processes that run units.
    // Six units read no more.
    assertThat(s3.sent("runs/template.pt"))
        .isBetween(
            2 * Files.size(bucket.resolve("template.pt")),
            2 * (1 + 2) * Files.size(bucket.resolve("template.pt")));
  }

  @Test
  void whatIsNotInTheBucketIsOneLine() {
    CommandResult result =
        CommandResult.of("run", "s3a://bucket/runs/absent.yaml", "--output=" + folder);

    assertThat(result.status()).isEqualTo(ExitStatus.INVALID_INPUT.code());
    assertThat(result.lastLine())
        .startsWith("ERROR Cannot read s3a://bucket/runs/absent.yaml: no such file");
  }
}
