package io.similitude.checkpoint.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.input.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SafetensorsIndexFormatTest {
  private static final String NAME = "model.safetensors.index.json";

  @TempDir private Path folder;

  private Path shard;

  @BeforeEach
  void writeAShardOfAAndB() throws IOException {
    shard =
        Files.write(
            folder.resolve("staged-under-a-digest"),
            new TestSafetensors()
                .with("a", "U8", new long[] {2}, 0, 2)
                .with("b", "U8", new long[] {1}, 2, 3)
                .bytes(3));
  }

  @Test
  void namesItsShardsOnceEachInOrder() throws IOException {
    Path index =
        index("\"a\": \"2.safetensors\", \"b\": \"1.safetensors\", \"c\": \"2.safetensors\"");

    assertThat(CheckpointReader.shards(index, NAME))
        .containsExactly("2.safetensors", "1.safetensors");
    assertThat(CheckpointReader.shards(shard, NAME)).isEmpty();
  }

  @Test
  void readsShardsFromWhereTheyWereStaged() throws IOException {
    StateDict read = read(index("\"b\": \"1.safetensors\", \"a\": \"1.safetensors\""));

    assertThat(read.names()).containsExactly("a", "b");
    assertThat(read.get("b").orElseThrow().toFloats()).containsExactly(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../1.safetensors",
        "/etc/passwd",
        "..",
        ".",
        "",
        "a/b",
        "a\\\\b",
        "s3a:b",
        "a\\n",
        "a\\u0000"
      })
  void refusesShardsOutsideOfItsFolder(String name) throws IOException {
    Path index = index("\"a\": \"" + name + "\"");

    assertThatThrownBy(() -> CheckpointReader.shards(index, NAME))
        .isInstanceOf(InputException.class)
        .hasMessageMatching(
            "Cannot read checkpoint model\\.safetensors\\.index\\.json: its index names the shard .*"
                + " \\(must be a file in the same folder\\)");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"a\": \"1.safetensors\"', 'it holds b, which its index does not list'",
    "'\"a\": \"1.safetensors\", \"b\": \"1.safetensors\", \"c\": \"1.safetensors\"',"
        + " 'it lacks c, which its index lists'",
  })
  void refusesShardsOfAnotherIndex(String weightMap, String why) throws IOException {
    Path index = index(weightMap);

    assertThatThrownBy(() -> read(index))
        .hasMessage("Cannot read checkpoint " + NAME + ": its shard 1.safetensors: " + why);
  }

  @Test
  void namesTheShardThatIsMissingOrBroken() throws IOException {
    Path index = index("\"a\": \"1.safetensors\", \"b\": \"1.safetensors\"");
    assertThatThrownBy(() -> CheckpointReader.read(index, NAME))
        .hasMessage(
            "Cannot read checkpoint "
                + NAME
                + ": its shard 1.safetensors: it was not staged with its index");

    Files.write(shard, new byte[5]);
    assertThatThrownBy(() -> read(index))
        .hasMessage(
            "Cannot read checkpoint "
                + NAME
                + ": its shard 1.safetensors: it is neither a file of torch.save nor safetensors");

    Files.delete(shard);
    assertThatThrownBy(() -> read(index))
        .hasMessage("Cannot read checkpoint " + NAME + ": its shard 1.safetensors: no such file");
  }

  @Test
  void refusesOtherJson() throws IOException {
    Path other = Files.writeString(folder.resolve("config.json"), " {\"layers\": [1, 2]}");
    Path twice = index("\"a\": \"1.safetensors\", \"a\": \"2.safetensors\"");

    assertThatThrownBy(() -> CheckpointReader.read(other, "config.json"))
        .hasMessage(
            "Cannot read checkpoint config.json: it is JSON without a weight_map"
                + " (must be the index of a sharded safetensors checkpoint)");
    assertThatThrownBy(() -> CheckpointReader.shards(twice, NAME))
        .hasMessageContaining(": its index is broken at character ");
  }

  private StateDict read(Path index) {
    return CheckpointReader.read(
        WeightsFile.of(index, NAME).withShards(Map.of("1.safetensors", shard)));
  }

  private Path index(String weightMap) throws IOException {
    return Files.writeString(
        folder.resolve(NAME),
        "{\"metadata\": {\"total_size\": 3}, \"weight_map\": {" + weightMap + "}}");
  }
}
