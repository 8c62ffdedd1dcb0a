package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that take their process with them, or never end, beside one that does neither. */
final class IsolationIT {
  private static final Path TRACED =
      Path.of("src/test/resources/networks/wide_resnet_10_1/traced.pt");
  private static final String RECORD = "code/__torch__/torch/nn/modules/linear.py";
  private static final String LINEAR = "return torch.linear(input, weight, bias)";

  @TempDir Path folder;
  private TinySweep sweep;

  @BeforeAll
  static void startSpark() {
    SharedSpark.session();
  }

  @BeforeEach
  void write() throws IOException {
    sweep = TinySweep.in(folder.resolve("sweep"));
    Files.copy(TRACED, sweep.path("good.pt"));
  }

  @Test
  void aNetworkThatNeverEndsIsEndedInThePlanAndInItsUnits() throws Exception {
    String loop = "i = 0\n    b = True\n    while b:\n      i = torch.add(i, 1)\n    ";
    edit("ever", loop + LINEAR);
    edit(
        "batch",
        "n = torch.size(input, 0)\n    b = torch.gt(n, 4)\n    i = 0\n    while b:\n      i = torch.add(i, 1)\n    "
            + LINEAR);
    spec("ever", "good", "batch");

    CommandResult result = sweep.command("run", "--set", "unit-timeout=30");

    assertThat(result.status()).as(result.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
    Map<String, String> causes = causes();
    assertThat(causes).containsOnlyKeys("batch", "ever");
    assertThat(causes.values())
        .allMatch(
            cause ->
                cause.contains(
                    "The network did not end within 30 seconds, and its process was ended (a larger unit-timeout"));
    assertThat(causes.get("ever")).startsWith("Cannot load network ");
    assertThat(RunContents.files(sweep.run()).keySet())
        .anyMatch(file -> file.startsWith("grams/checkpoint=good"))
        .noneMatch(file -> file.contains("checkpoint=batch") && file.startsWith("grams"));

    // Nobody waits for these networks again: the second command names them and makes nothing.
    Map<String, String> before = RunContents.files(sweep.run());
    CommandResult again = sweep.command("run", "--set", "unit-timeout=30");
    assertThat(again.status()).as(again.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(again.out()).contains("Nothing new: what did not fail is done already.");
    assertThat(again.lastLine()).startsWith("ERROR 3 failed");
    assertThat(causes()).isEqualTo(causes);
    assertThat(RunContents.files(sweep.run())).isEqualTo(before);
  }

  @Test
  void aNetworkThatCrashesIsTriedTwiceAndCostsItsOwnUnitsOnly() throws Exception {
    // A remainder by zero, which libtorch leaves to the processor; only in a batch.
    edit(
        "crash",
        "n = torch.size(input, 0)\n    i = torch.remainder(n, int(torch.le(n, 4)))\n    y = torch.mul(input, torch.add(torch.mul(i, 0), 1))\n    "
            + LINEAR.replace("input", "y"));
    spec("crash", "good");

    CommandResult result = sweep.command("run");

    assertThat(result.status()).as(result.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(causes()).containsOnlyKeys("crash");
    assertThat(causes().get("crash"))
        .isEqualTo(
            "The process died twice while it ran this network: SIGFPE (--retry-failed tries it again)");
    CommandResult plan = sweep.command("plan");
    assertThat(plan.out()).contains("extract: 2 of 4 units done");

    CommandResult again = sweep.command("run");
    assertThat(again.status()).as(again.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(again.out()).contains("Nothing new");
    Map<String, String> before = remembered();
    assertThat(before).hasSize(2);
    CommandResult retried = sweep.command("run", "--retry-failed");
    assertThat(retried.status()).as(retried.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(remembered()).hasSize(2).doesNotContainValue(before.values().iterator().next());
  }

  private Map<String, String> remembered() throws IOException {
    return RunContents.files(sweep.run().resolve("_ended"));
  }

  private void edit(String name, String linear) throws IOException {
    EditedArchive.replace(
        Files.readAllBytes(TRACED), sweep.path(name + ".pt"), RECORD, LINEAR, linear);
  }

  private void spec(String... names) throws IOException {
    StringBuilder checkpoints = new StringBuilder("checkpoints:\n");
    for (String name : names) {
      checkpoints.append("  - {id: %s, torchscript: %s.pt}%n".formatted(name, name));
    }
    String spec = Files.readString(sweep.spec());
    Files.writeString(sweep.spec(), spec.substring(0, spec.indexOf("networks:")) + checkpoints);
  }

  private Map<String, String> causes() throws Exception {
    List<String> rows =
        RunContents.query(
            "select checkpoint || '|' || cause from read_parquet('%s/failures/*.parquet')"
                .formatted(sweep.run()));
    Map<String, String> causes = new TreeMap<>();
    rows.forEach(
        row -> causes.put(row.substring(0, row.indexOf('|')), row.substring(row.indexOf('|') + 1)));
    return causes;
  }
}
