package io.similitude.checkpoint.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.checkpoint.pickle.Opcodes;
import io.similitude.checkpoint.pickle.PickleWriter;
import io.similitude.checkpoint.tensor.DType;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.checkpoint.torch.TestArchive;
import io.similitude.input.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CheckpointReaderTest {
  private static final Map<String, DType> TORCH_NAMES =
      Arrays.stream(DType.values())
          .collect(Collectors.toMap(type -> type.name().toLowerCase(Locale.ROOT), t -> t));

  /** What training scripts put before the names. */
  private static final String KEY = "state_dict.";

  private static final String NAME = "hdfs://host/run/model.pth";

  @TempDir private Path folder;

  static Stream<String> files() throws IOException {
    return expectations().stream().map(row -> row[0]).distinct();
  }

  @ParameterizedTest
  @MethodSource("files")
  void readsWhatPyTorchReads(String file) throws IOException {
    List<String[]> expected = expectations().stream().filter(row -> row[0].equals(file)).toList();

    StateDict all = CheckpointReader.read(Fixtures.weights(file));

    String key = all.names().stream().anyMatch(n -> n.startsWith(KEY)) ? KEY : "";
    Map<String, Tensor> read = new LinkedHashMap<>();
    all.names().stream()
        .filter(name -> name.startsWith(key))
        .forEach(name -> read.put(name.substring(key.length()), all.get(name).orElseThrow()));
    assertThat(read.keySet()).containsExactlyElementsOf(expected.stream().map(r -> r[1]).toList());
    for (String[] row : expected) {
      Tensor tensor = read.get(row[1]);
      assertThat(tensor.dtype()).as(row[1]).isEqualTo(TORCH_NAMES.get(row[2]));
      assertThat(shape(tensor)).as(row[1]).isEqualTo(row[3]);
      assertThat(digest(tensor.toFloats())).as(row[1]).isEqualTo(row[4]);
    }
  }

  @Test
  void sharesTheStorageOfContiguousTensors() {
    StateDict read = CheckpointReader.read(Fixtures.weights("strided.pth"));

    assertThat(read.get("offset").orElseThrow().toFloats())
        .containsExactly(Arrays.copyOfRange(read.get("shared").orElseThrow().toFloats(), 5, 11));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "twist_traced.pt | it is a TorchScript archive, network and weights in one"
            + " (use torchscript: in place of network: and weights:)",
        "values.tsv | it is neither a file of torch.save nor safetensors",
      })
  void saysWhatAFileIsThatItCannotRead(String file, String why) {
    Path path = Fixtures.path(file);
    assertThatThrownBy(() -> CheckpointReader.read(path, "s3a://bucket/model.pth"))
        .isInstanceOf(InputException.class)
        .hasMessage("Cannot read checkpoint s3a://bucket/model.pth: " + why);
  }

  @ParameterizedTest
  @CsvSource({
    "8002580100, 0, a pickle that torch.save did not write",
    "934e554d5059, 0, an array of NumPy",
    "1f8b0800, 0, compressed with gzip",
    "894844460d0a, 0, an HDF5 file",
    "7573746172003030, 257, a tar archive",
  })
  void knowsOtherFormatsByTheirFirstBytes(String mark, int at, String description)
      throws IOException {
    byte[] bytes = new byte[600];
    byte[] markBytes = HexFormat.of().parseHex(mark);
    System.arraycopy(markBytes, 0, bytes, at, markBytes.length);

    assertThatThrownBy(() -> CheckpointReader.read(write(bytes), NAME))
        .hasMessageContaining(": it is " + description + ", which cannot be read (");
  }

  @Test
  void saysWhenThereIsNoFile() throws IOException {
    assertRefused(folder.resolve("none.pth"), "no such file");
    assertRefused(folder, "it is a directory");
    assertRefused(Files.createFile(folder.resolve("empty.pth")), "it is empty");
  }

  @Test
  void readsThePlainestArchive() throws IOException {
    Tensor tensor = read(TestArchive.ofOneTensor()).get("w").orElseThrow();

    assertThat(tensor.shape()).containsExactly(2, 2);
    assertThat(tensor.toFloats()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void readsACompressedArchive() throws IOException {
    Tensor tensor = read(TestArchive.ofOneTensor().deflated()).get("w").orElseThrow();

    assertThat(tensor.toFloats()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void runsNothingThatAPickleCalls() throws IOException {
    byte[] pickle =
        new PickleWriter()
            .global("os", "system")
            .text("touch " + folder.resolve("executed"))
            .op(Opcodes.TUPLE1)
            .op(Opcodes.REDUCE)
            .stop();
    Path file = write(TestArchive.ofOneTensor().with("a/data.pkl", pickle).bytes());

    assertRefused(file, "it holds no tensors (save some: torch.save(model.state_dict(), ...))");
    assertThat(folder.resolve("executed")).doesNotExist();
  }

  @Test
  void refusesATensorThatReachesBeyondItsStorage() throws IOException {
    byte[] pickle = TestArchive.pickleOf(4, 1, new long[] {2, 2}, new long[] {2, 1});

    assertRefused(
        write(TestArchive.ofOneTensor().with("a/data.pkl", pickle).bytes()),
        "its pickle has a tensor that does not lie inside its storage: shape [2, 2], strides [2, 1],"
            + " offset 1, storage of 4");
  }

  @Test
  void refusesAStorageOfAnotherSizeThanItsTensorsWant() throws IOException {
    byte[] pickle = TestArchive.pickleOf(1L << 58, 0, new long[] {1L << 58}, new long[] {1});

    assertRefused(
        write(TestArchive.ofOneTensor().with("a/data.pkl", pickle).bytes()),
        "its storage 0 has 16 bytes, its tensors want 1152921504606846976");
  }

  @Test
  void refusesAMissingStorage() throws IOException {
    byte[] pickle =
        TestArchive.tensor(
                new PickleWriter().op(Opcodes.EMPTY_DICT).text("w"),
                "../../etc/passwd",
                4,
                0,
                new long[] {4},
                new long[] {1})
            .op(Opcodes.SETITEM)
            .stop();

    assertRefused(
        write(TestArchive.ofOneTensor().with("a/data.pkl", pickle).bytes()),
        "its record data/../../etc/passwd is missing");
  }

  @Test
  void refusesAnExpandedTensorThatIsMuchLargerThanTheFile() throws IOException {
    byte[] pickle = TestArchive.pickleOf(4, 0, new long[] {1L << 30, 1L << 30}, new long[] {0, 0});

    assertThatThrownBy(() -> read(TestArchive.ofOneTensor().with("a/data.pkl", pickle)))
        .hasMessageMatching(
            ".*: its contents would take more than \\d+ bytes, 4 times the file"
                + " \\(save it again with torch.save, uncompressed\\)");
  }

  @Test
  void refusesBigEndianNumbers() throws IOException {
    byte[] big = "big".getBytes(StandardCharsets.UTF_8);
    byte[] little = "little".getBytes(StandardCharsets.UTF_8);

    assertThat(read(TestArchive.ofOneTensor().with("a/byteorder", little)).names())
        .containsExactly("w");
    assertRefused(
        write(TestArchive.ofOneTensor().with("a/byteorder", big).bytes()),
        "its numbers are big-endian (load and save it with torch on a little-endian machine)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "twist_checkpoint.pth.tar",
        "twist_state_dict.pth",
        "twist_state_dict_bf16.pth",
        "twist_state_dict_legacy.pth",
        "twist_model.safetensors",
        "strided_legacy.pth",
        "types.safetensors",
        "sharded.safetensors.index.json",
        "twist_traced.pt",
      })
  void refusesEveryTruncation(String fixture) throws IOException {
    WeightsFile whole = Fixtures.weights(fixture);
    byte[] bytes = Fixtures.bytes(fixture);
    for (int fiftieth = 0; fiftieth < 50; fiftieth++) {
      Path file = write(Arrays.copyOf(bytes, bytes.length * fiftieth / 50));
      WeightsFile truncated = WeightsFile.of(file, NAME).withShards(whole.shards());
      assertThatThrownBy(() -> CheckpointReader.read(truncated))
          .as("%d of 50", fiftieth)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("Cannot read checkpoint " + NAME + ": it")
          .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }
  }

  private StateDict read(TestArchive archive) throws IOException {
    return CheckpointReader.read(write(archive.bytes()), NAME);
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(folder, "test", ".pth"), bytes);
  }

  private static void assertRefused(Path file, String why) {
    assertThatThrownBy(() -> CheckpointReader.read(file, NAME))
        .isInstanceOf(InputException.class)
        .hasMessage("Cannot read checkpoint " + NAME + ": " + why);
  }

  private static List<String[]> expectations() throws IOException {
    List<String[]> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Fixtures.path("values.tsv"))) {
      rows.add(line.split("\t", -1));
    }
    return rows;
  }

  private static String shape(Tensor tensor) {
    return Arrays.stream(tensor.shape()).mapToObj(Long::toString).collect(Collectors.joining("x"));
  }

  private static String digest(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
