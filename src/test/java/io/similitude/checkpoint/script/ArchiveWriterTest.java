package io.similitude.checkpoint.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.similitude.checkpoint.pickle.Opcodes;
import io.similitude.checkpoint.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchiveWriterTest {
  private static final String CLASS =
      """
      class M(Module):
        __parameters__ = ["weight", "bias", ]
        __buffers__ = ["steps", ]
        weight : Tensor
        bias : Tensor
        steps : Tensor
        training : bool
        _is_full_backward_hook : Optional[bool]
      """;

  private static final String LINEAR =
      CLASS
          + "  def forward(self: __torch__.M,\n"
          + "    x: Tensor) -> Tensor:\n"
          + "    y = __torch__.product(x, self.weight, )\n"
          + "    return torch.add(y, self.bias)\n"
          + "def product(x: Tensor,\n"
          + "    w: Tensor) -> Tensor:\n"
          + "  return torch.matmul(x, torch.t(w))\n";

  private static final float[] WEIGHT = {1, 2, 3, 4, 5, 6};
  private static final float[] BIAS = {10, 20};
  private static final float[] X = {1, 0, 0, 0, 1, 1};

  @TempDir private Path folder;

  @Test
  void writesWhatLibtorchRuns() throws IOException, MalformedModelException {
    write(module(LINEAR));

    assertThat(run(X, 2, 3).get(0)).containsExactly(11, 24, 15, 31);
  }

  @Test
  void writesMethodsThatReturnTuplesListsAndDictionaries()
      throws IOException, MalformedModelException {
    write(module(returning("Tuple[Tensor, Tensor]", "(self.weight, self.bias)")));
    assertThat(run(X, 2, 3)).containsExactly(WEIGHT, BIAS);

    write(module(returning("List[Tensor]", "[self.bias, self.weight]")));
    assertThat(run(X, 2, 3)).containsExactly(BIAS, WEIGHT);

    write(module(returning("Dict[str, Tensor]", "{\"b\": self.bias}")));
    assertThat(run(X, 2, 3)).containsExactly(BIAS);
  }

  @Test
  void writesNumbersThatLibtorchReadsBitForBit() throws IOException, MalformedModelException {
    float[] values = new float[1000];
    Random random = new Random(0);
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    List<Attribute> attributes =
        List.of(
            new Attribute("weight", Tensor.of(values, 10, 100)),
            new Attribute("bias", Tensor.of(new float[0], 0)),
            new Attribute("steps", Tensor.ofLongs(new long[] {7})));
    String source = returning("Tuple[Tensor, Tensor]", "(self.weight, self.bias)");
    write(new ArchiveModule("M", source, attributes));

    List<float[]> read = run(X, 2, 3);

    assertThat(bits(read.get(0))).containsExactly(bits(values));
    assertThat(read.get(1)).isEmpty();
  }

  @Test
  void asksForNoGradients() {
    byte[] pickle = ModulePickle.of(module(LINEAR));

    assertThat(occurrences(pickle, Opcodes.NEWTRUE)).isZero();
  }

  @Test
  void writesTheSameBytesEachTime() throws IOException {
    Path first = folder.resolve("first.pt");
    Path second = folder.resolve("second.pt");
    ArchiveWriter.write(first, module(LINEAR));
    ArchiveWriter.write(second, module(LINEAR));

    assertThat(second).hasSameBinaryContentAs(first);
  }

  @Test
  void alignsEveryRecordTo64Bytes() throws IOException {
    Path file = write(module(LINEAR));
    byte[] archive = Files.readAllBytes(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        try (InputStream in = zip.getInputStream(entry)) {
          byte[] data = in.readAllBytes();
          assertThat(positions(archive, data)).as(entry.getName()).anyMatch(at -> at % 64 == 0);
        }
      }
    }
  }

  @Test
  void replacesAFileWhollyAndLeavesNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("m.pt"), "older");
    write(module(LINEAR));

    assertThat(Files.size(file)).isGreaterThan(5);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void saysWhereItCannotWrite() {
    Path file = folder.resolve("no-such-folder").resolve("m.pt");
    assertThatThrownBy(() -> ArchiveWriter.write(file, module(LINEAR)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageStartingWith("Cannot write archive " + file + ": ");
  }

  @Test
  void refusesNamesThatTheProgramCouldNotCall() {
    Tensor tensor = Tensor.of(BIAS, 2);
    assertThatThrownBy(() -> new Attribute("fc.bias", tensor))
        .hasMessage(
            "Invalid attribute: fc.bias (must be an identifier, and not one of the module's own)");
    assertThatThrownBy(() -> new Attribute("training", tensor))
        .hasMessageStartingWith("Invalid attribute: training");
    Attribute twice = new Attribute("bias", tensor);
    assertThatThrownBy(() -> new ArchiveModule("M", "", List.of(twice, twice)))
        .hasMessage("Invalid attribute: bias (must be there once)");
    assertThatThrownBy(() -> new ArchiveModule("M(", "", List.of()))
        .hasMessage("Invalid class name: M( (must be an identifier)");
  }

  private static ArchiveModule module(String source) {
    return new ArchiveModule(
        "M",
        source,
        List.of(
            new Attribute("weight", Tensor.of(WEIGHT, 2, 3)),
            new Attribute("bias", Tensor.of(BIAS, 2)),
            new Attribute("steps", Tensor.ofLongs(new long[] {7}))));
  }

  private static String returning(String type, String value) {
    return CLASS
        + "  def forward(self: __torch__.M,\n    x: Tensor) -> "
        + type
        + ":\n    return "
        + value
        + "\n";
  }

  private Path write(ArchiveModule module) {
    Path file = folder.resolve("m.pt");
    ArchiveWriter.write(file, module);
    return file;
  }

  private List<float[]> run(float[] input, long... shape)
      throws IOException, MalformedModelException {
    try (Model model = Model.newInstance("m", "PyTorch");
        NDManager manager = model.getNDManager().newSubManager()) {
      model.load(folder, "m");
      NDArray x = manager.create(input, new Shape(shape));
      ParameterStore parameters = new ParameterStore(manager, false);
      NDList outputs = model.getBlock().forward(parameters, new NDList(x), false);
      return outputs.stream().map(NDArray::toFloatArray).toList();
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  private static int occurrences(byte[] bytes, int value) {
    return positions(bytes, new byte[] {(byte) value}).size();
  }

  private static List<Integer> positions(byte[] bytes, byte[] wanted) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String pattern = new String(wanted, StandardCharsets.ISO_8859_1);
    return Stream.iterate(text.indexOf(pattern), at -> at >= 0, at -> text.indexOf(pattern, at + 1))
        .toList();
  }
}
