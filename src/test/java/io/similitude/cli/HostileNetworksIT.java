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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks whose programs reach files, beside one that does not. */
final class HostileNetworksIT {
  private static final Path TRACED =
      Path.of("src/test/resources/networks/wide_resnet_10_1/traced.pt");
  private static final String RECORD = "code/__torch__/torch/nn/modules/linear.py";
  private static final String LINEAR = "torch.linear(input, weight, bias)";
  private static final String HEAD = "input: Tensor)";

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    SharedSpark.session();
  }

  @Test
  void noFileIsMadeAndEachIsNamedWithItsOperatorAndPlace() throws Exception {
    TinySweep sweep = TinySweep.in(folder.resolve("sweep"));
    Files.copy(TRACED, sweep.path("good.pt"));
    String made = "\"" + folder.resolve("made") + "\", True, 16)";
    Map<String, String> calls = new TreeMap<>();
    calls.put("blank", "torch . from_file(" + made);
    calls.put("continued", "torch.\\\n    from_file(" + made);
    calls.put("method", "(input).save(\"" + folder.resolve("made") + "\")");
    calls.put("printed", "print(input)");
    for (Map.Entry<String, String> call : calls.entrySet()) {
      edit(sweep, call.getKey(), LINEAR, call.getValue());
    }
    edit(sweep, "default", HEAD, "input: Tensor, f: Tensor=torch.from_file(" + made + ")");
    spec(sweep, "good", "blank", "continued", "method", "printed", "default");

    CommandResult result = sweep.command("run");

    assertThat(result.status()).as(result.error()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(folder.resolve("made")).doesNotExist();
    Map<String, String> causes = causes(sweep);
    assertThat(causes).containsOnlyKeys("blank", "continued", "default", "method", "printed");
    String place = "linear.py:12 ";
    assertThat(causes.get("blank")).contains(place + "has a name with a blank in it, torch . from");
    assertThat(causes.get("continued")).contains(place);
    assertThat(causes.get("method")).contains(place + "calls save (only what is on the list");
    assertThat(causes.get("printed")).contains(place + "calls print, which writes to the console");
    assertThat(causes.get("default")).contains("linear.py:9 calls torch.from_file");
    assertThat(sweep.command("plan").out()).contains("extract: 2 of 2 units done");
  }

  private static void edit(TinySweep sweep, String name, String text, String by)
      throws IOException {
    EditedArchive.replace(Files.readAllBytes(TRACED), sweep.path(name + ".pt"), RECORD, text, by);
  }

  private static void spec(TinySweep sweep, String... names) throws IOException {
    StringBuilder checkpoints = new StringBuilder("checkpoints:\n");
    for (String name : names) {
      checkpoints.append("  - {id: %s, torchscript: %s.pt}%n".formatted(name, name));
    }
    String spec = Files.readString(sweep.spec());
    Files.writeString(sweep.spec(), spec.substring(0, spec.indexOf("networks:")) + checkpoints);
  }

  private static Map<String, String> causes(TinySweep sweep) throws Exception {
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
