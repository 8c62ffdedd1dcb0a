package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What everything needs is wrong: status 2, one last line that says what and the way out, no trace,
 * and nothing was started, Spark neither.
 */
final class BadInputTest {
  private static final int IDX_IMAGES_HEADER = 16;

  @TempDir Path folder;
  private TinySweep sweep;

  @BeforeEach
  void write() throws IOException {
    sweep = TinySweep.in(folder.resolve("sweep"));
  }

  @Test
  void noCommand() {
    assertThat(refused(CommandResult.of()))
        .startsWith("ERROR Missing command (known: run, ")
        .endsWith("(try submit.sh --help)");
  }

  @Test
  void anUnknownCommand() {
    assertThat(refused(CommandResult.of("rum", "sweep.yaml")))
        .startsWith("ERROR Unknown command: rum (did you mean run?");
  }

  @Test
  void anUnknownOption() {
    assertThat(refused(sweep.command("run", "--batch", "8"))).contains("--batch");
  }

  @Test
  void noSpec() {
    assertThat(refused(CommandResult.of("run", folder.resolve("sweep/sweeep.yaml").toString())))
        .isEqualTo(
            "ERROR Cannot read %s/sweep/sweeep.yaml: no such file (did you mean sweep.yaml?)"
                .formatted(folder));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batch=eight|Invalid batch: eight (must be a whole number",
        "batch=3|Invalid batch: 3 (must be a whole number, at least 4",
        "batch=17|17",
        "bach=8|Unknown key: bach (did you mean batch?",
        "checkpoints.1.id=exact|exact",
        "checkpoints.1.id=../half|Invalid checkpoint id: ../half (must be 1 to 128 of A-Z a-z 0-9 . _ -",
        "dataset.examples=many|Invalid examples: many (must be a whole number"
      })
  void theSpecsProblemsAreNamedWithTheirPlace(String override, String problem) {
    CommandResult result = sweep.command("run", "--set", override);

    assertThat(refused(result)).isEqualTo("ERROR The spec has 1 problem; nothing was started");
    assertThat(result.error()).contains(problem).contains("--set");
  }

  @Test
  void allProblemsAreListedAtOnce() {
    CommandResult result =
        sweep.command("run", "--set", "batch=3", "--set", "bach=8", "--set", "seed=x");

    assertThat(refused(result)).isEqualTo("ERROR The spec has 3 problems; nothing was started");
    assertThat(result.error().lines()).hasSize(4);
  }

  @Test
  void aBatchLargerThanTheData() throws IOException {
    Files.writeString(
        sweep.spec(), Files.readString(sweep.spec()).replaceAll("(?m)^  examples: .*\n", ""));

    assertThat(refused(sweep.command("run", "--set", "batch=51")))
        .isEqualTo(
            "ERROR Cannot fill a batch of 51: there are 50 examples"
                + " (lower batch or use more examples)");
  }

  @Test
  void aNetworkThatThereIsNot() {
    assertThat(refused(sweep.command("run", "--set", "networks.wrn.depth=11")))
        .isEqualTo("ERROR Invalid depth of network wrn: 11 (must be 6 n + 4: 10, 16, 22, 28, ...)");
  }

  @Test
  void anExactEstimateOfWhatIsNotKept() throws IOException {
    Files.writeString(
        sweep.spec(),
        Files.readString(sweep.spec()) + "similarities: [{metric: cka, estimator: exact}]\n");

    assertThat(refused(sweep.command("run")))
        .isEqualTo(
            "ERROR Cannot estimate cka exactly over 2 batches: the features of layer conv1 of exact"
                + " are not kept (activations: full keeps them, layers: {features: pooled} compares"
                + " means, or take all examples as one batch)");
  }

  @Test
  void severalPassesOverWhatIsNotKept() throws IOException {
    String passes = "similarities: [{metric: procrustes, passes: 3}]\n";
    String spec = Files.readString(sweep.spec());
    Files.writeString(sweep.spec(), spec + "activations: none\n" + passes);

    assertThat(refused(sweep.command("run")))
        .isEqualTo(
            "ERROR Cannot estimate procrustes in 3 passes: the features of layer conv1 of exact"
                + " are not kept (activations: full keeps them, or leave passes out)");

    Files.writeString(
        sweep.spec(), spec + "activations: full\nlayers: {features: pooled}\n" + passes);
    assertThat(refused(sweep.command("run")))
        .endsWith("are not kept (activations: pooled keeps them, or leave passes out)");
  }

  @Test
  void anExactEstimateGivenSomething() throws IOException {
    Files.writeString(
        sweep.spec(),
        Files.readString(sweep.spec())
            + "similarities: [{metric: cka, given: labels, estimator: exact}]\n");

    assertThat(refused(sweep.command("run")))
        .isEqualTo(
            "ERROR Cannot estimate cka given labels exactly over 2 batches: given representations are"
                + " partialled out batch by batch (batch: as many as the examples, or estimator:"
                + " minibatch)");
  }

  @Test
  void severalPassesOverOneBatch() throws IOException {
    Files.writeString(
        sweep.spec(),
        Files.readString(sweep.spec())
            + "activations: full\nsimilarities: [{metric: cka, passes: 3}]\n");

    assertThat(refused(sweep.command("run", "--set", "batch=16")))
        .isEqualTo(
            "ERROR Cannot estimate cka in 3 passes: all examples are in one batch, which is the"
                + " same every time (lower batch, or leave passes out)");
  }

  @Test
  void moreExamplesThanThereAre() {
    assertThat(refused(sweep.command("run", "--set", "dataset.examples=51")))
        .isEqualTo("ERROR Cannot take 51 examples: the data set has 50 (lower examples)");
  }

  @Test
  void labelsAndImagesOfDifferentCounts() throws IOException {
    byte[] labels = unpacked("labels.gz");
    byte[] fewer = Arrays.copyOf(labels, labels.length - 1);
    fewer[7]--;
    Files.write(sweep.path("labels.gz"), fewer);

    assertThat(refused(sweep.command("run"))).contains("labels.gz", "49", "50");
  }

  @Test
  void anIdxHeaderThatPromisesMoreThanTheFileHolds() throws IOException {
    byte[] images = unpacked("images.gz");
    Files.write(sweep.path("images.gz"), Arrays.copyOf(images, IDX_IMAGES_HEADER + 100));

    assertThat(refused(sweep.command("run")))
        .contains(
            "images.gz: its header promises 39216 bytes, an array of [50, 28, 28], and the file holds 116");
  }

  @Test
  void noDataSet() throws IOException {
    Files.delete(sweep.path("images.gz"));

    assertThat(refused(sweep.command("run")))
        .startsWith("ERROR Cannot read " + sweep.path("images.gz") + ": no such file (");
  }

  @Test
  void imagesOfAnotherSizeThanTheNetworksOwn() {
    assertThat(refused(sweep.command("run", "--set", "dataset.transform.0.pad=1")))
        .isEqualTo(
            "ERROR Cannot show images of 3 x 30 x 30 to network wrn: a wide-resnet wants 32 x 32"
                + " pixels (transform: [{pad: ...}] or [{resize: 32}])");
  }

  @Test
  void anOutputThatIsAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("runs"), "no folder");

    assertThat(refused(sweep.command("run", "--output", file.toString())))
        .startsWith("ERROR Cannot write the output folder file:" + file + "/tiny: ")
        .endsWith("(name another with --output)");
  }

  @Test
  void anExportOfWhatIsNoRun() {
    assertThat(
            refused(CommandResult.of("export", folder.toString(), "--table=grams", "--format=csv")))
        .isEqualTo(
            "ERROR Cannot export %s: it is no run, there is no manifest.json in it (name <output>/<sweep>)"
                .formatted(folder));
  }

  @Test
  void anExportOfAnUnknownTable() {
    assertThat(
            refused(CommandResult.of("export", folder.toString(), "--table=gram", "--format=csv")))
        .startsWith("ERROR Invalid table: gram (must be one of predictions, ");
  }

  /** The last line of a command that was refused. */
  private String refused(CommandResult result) {
    assertThat(result.status()).as(result.error()).isEqualTo(ExitStatus.INVALID_INPUT.code());
    assertThat(result.out()).isEmpty();
    assertThat(result.error()).doesNotContain("\tat ", "Exception");
    assertThat(sweep.path("runs")).doesNotExist();
    return result.lastLine();
  }

  private byte[] unpacked(String name) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(sweep.path(name)))) {
      return in.readAllBytes();
    }
  }
}
