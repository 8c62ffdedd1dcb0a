package io.similitude.checkpoint.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.checkpoint.format.Fixtures;
import io.similitude.checkpoint.pickle.Opcodes;
import io.similitude.checkpoint.pickle.PickleWriter;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.checkpoint.torch.TestArchive;
import io.similitude.input.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScriptArchiveTest {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final byte[] TWIST = Fixtures.bytes("twist_traced.pt");

  @TempDir Path folder;

  @Test
  void listsModulesAsNamedModulesDoes() {
    ScriptArchive archive = ScriptArchive.read(Fixtures.path("twist_traced.pt"));

    assertThat(archive.rootClass()).isEqualTo("__torch__.Twist");
    assertThat(archive.modules())
        .extracting(ScriptModule::path)
        .containsExactly(
            "", "stem", "stem.0", "stem.1", "stem.2", "act", "left", "right", "pool", "head");
    ScriptModule conv = archive.modules().get(2);
    assertThat(conv.type()).isEqualTo("Conv2d");
    assertThat(conv.tensorName("weight")).isEqualTo("stem.0.weight");
    assertThat(conv.tensors().get("weight").shape()).containsExactly(6, 3, 3, 3);
    assertThat(archive.code()).containsKey("code/__torch__.py");
  }

  @Test
  void whatIsNotReplacedStays() throws IOException {
    ScriptArchive archive = ScriptArchive.read(Fixtures.path("twist_traced.pt"));
    Tensor bias = Tensor.of(new float[] {1, 2, 3, 4, 5}, 5);
    Path file = folder.resolve("rewritten.pt");

    ArchiveWriter.write(
        file, archive.rewritten(archive.code(), new StateDict(Map.of("head.bias", bias))));

    ScriptArchive written = ScriptArchive.read(file);
    assertThat(written.rootClass()).isEqualTo("__torch__." + ScriptArchive.WRAPPER);
    assertThat(tensor(written, "network.head", "bias")).containsExactly(1, 2, 3, 4, 5);
    assertThat(tensor(written, "network.stem.0", "weight"))
        .containsExactly(tensor(archive, "stem.0", "weight"));
  }

  @Test
  void refusesWhatIsNoTorchScript() {
    Path file = Fixtures.path("twist_state_dict.pth");

    assertThatThrownBy(() -> ScriptArchive.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot read TorchScript file "
                + file
                + ": it is no TorchScript archive (make one: torch.jit.script(model).save(...))");
  }

  @Test
  void refusesAPickleOfForeignClasses() {
    assertRefused(
        new PickleWriter()
            .global("os", "system")
            .text("true")
            .op(Opcodes.TUPLE1)
            .op(Opcodes.REDUCE)
            .stop(),
        "its pickle holds no module");
  }

  @Test
  void refusesAModuleInsideItself() {
    PickleWriter pickle = beginModule(new PickleWriter());
    pickle.op(Opcodes.BINPUT).op(0);
    pickle.op(Opcodes.EMPTY_DICT).op(Opcodes.MARK).text("s").op(Opcodes.BINGET).op(0);
    assertRefused(
        pickle.op(Opcodes.SETITEMS).op(Opcodes.BUILD).stop(),
        "its modules are nested more than 100 deep, or have more than 500000 attributes");
  }

  /** Thirty levels of two equal children are a billion places. */
  @Test
  void refusesModulesInTooManyPlaces() {
    PickleWriter pickle = beginModule(new PickleWriter());
    pickle.op(Opcodes.EMPTY_DICT).op(Opcodes.BUILD).op(Opcodes.BINPUT).op(0);
    for (int level = 1; level <= 30; level++) {
      beginModule(pickle).op(Opcodes.EMPTY_DICT).op(Opcodes.MARK);
      for (String child : List.of("a", "b")) {
        pickle.text(child).op(Opcodes.BINGET).op(level - 1);
      }
      pickle.op(Opcodes.SETITEMS).op(Opcodes.BUILD).op(Opcodes.BINPUT).op(level);
    }
    assertRefused(pickle.stop(), "have more than 500000 attributes");
  }

  @Test
  void refusesNamesThatAreNoLine() {
    PickleWriter pickle = beginModule(new PickleWriter());
    pickle.op(Opcodes.EMPTY_DICT).op(Opcodes.MARK).text("a\nb");
    beginModule(pickle).op(Opcodes.EMPTY_DICT).op(Opcodes.BUILD);
    assertRefused(
        pickle.op(Opcodes.SETITEMS).op(Opcodes.BUILD).stop(),
        "Invalid name of a module or parameter: a?b");
  }

  /** libtorch does not look where the tensors lie, whatever holds them. */
  @Test
  void refusesTensorsOutsideOfTheirStorages() {
    PickleWriter pickle = beginModule(new PickleWriter());
    pickle.op(Opcodes.EMPTY_DICT).op(Opcodes.MARK).text("many").op(Opcodes.EMPTY_LIST);
    TestArchive.tensor(pickle, "0", 0, 1, new long[] {1000}, new long[] {1}).op(Opcodes.APPEND);
    assertRefused(
        pickle.op(Opcodes.SETITEMS).op(Opcodes.BUILD).stop(),
        "a tensor that does not lie inside its storage: shape [1000]");
  }

  @Test
  void refusesStoragesThatAreNotThere() {
    PickleWriter pickle = beginModule(new PickleWriter());
    pickle.op(Opcodes.EMPTY_DICT).op(Opcodes.MARK).text("many").op(Opcodes.EMPTY_LIST);
    TestArchive.tensor(pickle, "1", 4, 0, new long[] {4}, new long[] {1}).op(Opcodes.APPEND);
    assertRefused(
        pickle.op(Opcodes.SETITEMS).op(Opcodes.BUILD).stop(),
        "its storage 1 does not have the 16 bytes");
  }

  @Test
  void refusesObjectsOfNativeClasses() {
    PickleWriter pickle = beginModule(new PickleWriter());
    pickle.op(Opcodes.EMPTY_DICT).op(Opcodes.MARK).text("native");
    pickle.global("__torch__.torch.classes.profiling", "SourceRef");
    pickle.op(Opcodes.EMPTY_TUPLE).op(Opcodes.NEWOBJ).op(Opcodes.EMPTY_DICT).op(Opcodes.BUILD);
    assertRefused(
        pickle.op(Opcodes.SETITEMS).op(Opcodes.BUILD).stop(),
        "its pickle calls __torch__.torch.classes.profiling.SourceRef, which is not a usual part");
  }

  @Test
  void survivesTruncation() throws IOException {
    for (int part = 0; part < 50; part++) {
      survives(Arrays.copyOf(TWIST, TWIST.length * part / 50));
    }
  }

  @Test
  void survivesFlippedBits() throws IOException {
    for (int at = 0; at < TWIST.length; at += 97) {
      byte[] flipped = TWIST.clone();
      flipped[at] ^= (byte) (1 << at % Byte.SIZE);
      survives(flipped);
    }
  }

  private void survives(byte[] bytes) throws IOException {
    Path file = folder.resolve("broken.pt");
    Files.write(file, bytes);
    long start = System.nanoTime();
    try {
      assertThat(ScriptArchive.read(file).modules()).isNotEmpty();
    } catch (InputException e) {
      assertThat(e.getMessage()).startsWith("Cannot read TorchScript file " + file + ": ");
      assertThat(e.getMessage().lines()).hasSize(1);
    }
    assertThat(System.nanoTime() - start).isLessThan(LIMIT_NANOS);
  }

  private void assertRefused(byte[] pickle, String reason) {
    byte[] archive =
        new TestArchive()
            .with("a/data.pkl", pickle)
            .with("a/constants.pkl", new byte[0])
            .with("a/data/0", new byte[0])
            .with("a/code/__torch__.py", "class M(Module):\n".getBytes(StandardCharsets.UTF_8))
            .bytes();
    Path file = folder.resolve("hostile.pt");
    assertThatThrownBy(() -> ScriptArchive.read(Files.write(file, archive)))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Cannot read TorchScript file " + file + ": ")
        .hasMessageContaining(reason);
  }

  private static PickleWriter beginModule(PickleWriter pickle) {
    return pickle.global("__torch__", "M").op(Opcodes.EMPTY_TUPLE).op(Opcodes.NEWOBJ);
  }

  private static float[] tensor(ScriptArchive archive, String path, String attribute) {
    return archive.modules().stream()
        .filter(module -> module.path().equals(path))
        .map(module -> module.tensors().get(attribute).toFloats())
        .findFirst()
        .orElseThrow();
  }
}
