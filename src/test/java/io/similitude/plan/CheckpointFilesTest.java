package io.similitude.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.checkpoint.format.CheckpointReader;
import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.WeightChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointFilesTest {
  private static final Path FIXTURES = Path.of("src/test/resources/checkpoint");
  private static final String INDEX = "sharded.safetensors.index.json";
  private static final String SHARD = "sharded-00002-of-00002.safetensors";

  @TempDir Path folder;

  @Test
  void shardsAreReadWithTheirIndexAndTheirContentCounts() throws IOException {
    for (String name : new String[] {INDEX, "sharded-00001-of-00002.safetensors", SHARD}) {
      Files.copy(FIXTURES.resolve(name), folder.resolve(name));
    }
    CheckpointFiles files = files(INDEX, WeightChoice.NONE);
    String planned = files.stage(folder).sha256();

    assertThat(CheckpointReader.read(files.stage(planned, folder)).names())
        .contains("offset", "scalar");

    byte[] shard = Files.readAllBytes(folder.resolve(SHARD));
    shard[shard.length - 1]++;
    Files.write(folder.resolve(SHARD), shard);

    assertThat(files.stage(folder).sha256()).isNotEqualTo(planned);
    assertThatThrownBy(() -> files.stage(planned, folder))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot use checkpoint c: %s has changed since the sweep was planned (run it again)"
                .formatted(folder.resolve(INDEX)));
  }

  @Test
  void anAbsentShardIsNamed() throws IOException {
    Files.copy(FIXTURES.resolve(INDEX), folder.resolve(INDEX));

    assertThatThrownBy(() -> files(INDEX, WeightChoice.NONE).stage(folder))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Cannot read " + folder + "/sharded-00001-of-00002.safetensors: ");
  }

  @Test
  void aKeyChoosesAmongTheWeightsOfAFile() throws IOException {
    Files.copy(FIXTURES.resolve("training.pth"), folder.resolve("training.pth"));
    CheckpointFiles chosen = files("training.pth", WeightChoice.ofKey("state_dict"));

    assertThat(chosen.stage(chosen.stage(folder).sha256(), folder).choice().key())
        .contains("state_dict");
    assertThat(digest(WeightChoice.ofKey("state_dict")))
        .isNotEqualTo(digest(WeightChoice.ofKey("ema")))
        .isNotEqualTo(digest(WeightChoice.NONE));
  }

  private static String digest(WeightChoice choice) {
    CheckpointSpec spec = new CheckpointSpec("c", Optional.of("n"), "w", choice, Map.of());
    return new CheckpointSource(spec, null, "00").weightsDigest();
  }

  private CheckpointFiles files(String name, WeightChoice choice) {
    return new CheckpointFiles(
        new CheckpointSpec(
            "c", Optional.of("n"), folder.resolve(name).toString(), choice, Map.of()),
        FileAccess.local());
  }
}
