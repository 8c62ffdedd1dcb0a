package io.similitude.checkpoint.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.checkpoint.pickle.Opcodes;
import io.similitude.checkpoint.pickle.PickleWriter;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.checkpoint.torch.TestArchive;
import io.similitude.input.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made by hand, whole and broken; those of PyTorch are in CheckpointReaderTest. */
final class LegacyFormatTest {
  private static final byte[] MAGIC = HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa850192e");
  private static final byte[] VERSION = new PickleWriter().integer(1001).stop();
  private static final byte[] MACHINE = machine(true);
  private static final byte[] KEYS = keys("0");
  private static final byte[] STORAGE = storage(4, 0, 1, 2, 3);

  @TempDir private Path folder;

  @Test
  void readsTheFivePicklesAndTheStorages() throws IOException {
    Tensor read = read(MAGIC, VERSION, MACHINE, weights(4), KEYS, STORAGE).get("w").orElseThrow();

    assertThat(read.shape()).containsExactly(2, 2);
    assertThat(read.toFloats()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void readsTensorsOfTheFirstTorches() throws IOException {
    PickleWriter out = new PickleWriter().op(Opcodes.EMPTY_DICT).text("w");
    out.global("torch._utils", "_rebuild_tensor").op(Opcodes.MARK);
    persistentId(out, 4).op(Opcodes.NONE).op(Opcodes.TUPLE).op(Opcodes.BINPERSID);
    out.integer(1).integers(3).integers(1).op(Opcodes.TUPLE).op(Opcodes.REDUCE);
    byte[] pickle = out.op(Opcodes.SETITEM).stop();

    Tensor read = read(MAGIC, VERSION, MACHINE, pickle, KEYS, STORAGE).get("w").orElseThrow();

    assertThat(read.toFloats()).containsExactly(1, 2, 3);
  }

  @Test
  void refusesAnotherVersionAndBigEndianNumbers() {
    assertRefused(
        "it is a legacy pickle of a version that torch never wrote (must be 1001)",
        MAGIC,
        new PickleWriter().integer(1002).stop(),
        MACHINE,
        weights(4),
        KEYS,
        STORAGE);
    assertRefused(
        "its numbers are big-endian (load and save it with torch on a little-endian machine)",
        MAGIC,
        VERSION,
        machine(false),
        weights(4),
        KEYS,
        STORAGE);
  }

  @Test
  void refusesStoragesThatAreNotThoseOfThePickle() {
    assertRefused("its storage 0 is missing", weights(4), keys(), STORAGE);
    assertRefused(
        "its storage 1 occurs twice, or belongs to no tensor", weights(4), keys("1"), STORAGE);
    assertRefused(
        "its storage 0 occurs twice, or belongs to no tensor", weights(4), keys("0", "0"), STORAGE);
    assertRefused(
        "its storage 0 has 5 elements, its tensors want 4",
        weights(4),
        KEYS,
        storage(5, 0, 1, 2, 3, 4));
    assertRefused(
        "its storage 0 has -1 elements, its tensors want 4", weights(4), KEYS, storage(-1));
    assertRefused(
        "its pickle is broken: the list of its storages is missing", weights(4), VERSION, STORAGE);
  }

  @Test
  void refusesAStorageThatIsNotThere() {
    assertThatThrownBy(() -> readWeights(weights(4), KEYS, storage(4, 0, 1, 2)))
        .hasMessageMatching(".*: its storage 0 ends at byte \\d+ of \\d+ \\(is it truncated\\?\\)");
    long most = Long.MAX_VALUE / Long.BYTES;
    assertThatThrownBy(() -> readWeights(weights(most), KEYS, storage(most)))
        .hasMessageMatching(".*: its storage 0 ends at byte \\d+ of \\d+ \\(is it truncated\\?\\)");
    assertThatThrownBy(() -> readWeights(weights(4), KEYS, new byte[7]))
        .hasMessageMatching(
            ".*: its storage 0, its length, should be 8 bytes at \\d+, the file has \\d+"
                + " \\(is it truncated\\?\\)");
  }

  @Test
  void refusesAStorageDescribedInTwoWays() {
    PickleWriter out = new PickleWriter().op(Opcodes.EMPTY_LIST);
    persistentId(out, 4).op(Opcodes.TUPLE).op(Opcodes.BINPERSID).op(Opcodes.APPEND);
    persistentId(out, 5).op(Opcodes.TUPLE).op(Opcodes.BINPERSID).op(Opcodes.APPEND);

    assertRefused("its pickle describes storage 0 in two ways", out.stop(), KEYS, STORAGE);
  }

  @Test
  void refusesViewsAndWhatHoldsNoTensors() {
    PickleWriter view = new PickleWriter();
    persistentId(view, 4).integers(0, 0, 4).op(Opcodes.TUPLE).op(Opcodes.BINPERSID);
    PickleWriter module = new PickleWriter().op(Opcodes.MARK).text("module").op(Opcodes.TUPLE);

    assertRefused(
        "its storages are views of each other, as torch before 0.4 saved them"
            + " (load and save it with a newer torch)",
        view.stop(),
        KEYS,
        STORAGE);
    assertRefused(
        "it holds no tensors (save some: torch.save(model.state_dict(), ...))",
        module.op(Opcodes.BINPERSID).stop(),
        keys(),
        STORAGE);
  }

  private static byte[] machine(boolean littleEndian) {
    PickleWriter out = new PickleWriter().op(Opcodes.EMPTY_DICT).text("little_endian");
    return out.bool(littleEndian).op(Opcodes.SETITEM).stop();
  }

  private static byte[] weights(long elements) {
    return TestArchive.pickleOf(elements, 0, new long[] {2, 2}, new long[] {2, 1});
  }

  private static PickleWriter persistentId(PickleWriter out, long elements) {
    out.op(Opcodes.MARK).text("storage").global("torch", "FloatStorage").text("0").text("cpu");
    return out.integer(elements);
  }

  private static byte[] keys(String... keys) {
    PickleWriter out = new PickleWriter().op(Opcodes.EMPTY_LIST);
    for (String key : keys) {
      out.text(key).op(Opcodes.APPEND);
    }
    return out.stop();
  }

  private static byte[] storage(long elements, float... values) {
    return ByteBuffer.allocate(Long.BYTES + values.length * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(elements)
        .put(TestArchive.floats(values))
        .array();
  }

  private StateDict readWeights(byte[] weights, byte[] keys, byte[] storages) throws IOException {
    return read(MAGIC, VERSION, MACHINE, weights, keys, storages);
  }

  private StateDict read(byte[]... parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return CheckpointReader.read(Files.write(folder.resolve("w"), out.toByteArray()), "old.pth");
  }

  private void assertRefused(String why, byte[] weights, byte[] keys, byte[] storages) {
    assertRefused(why, MAGIC, VERSION, MACHINE, weights, keys, storages);
  }

  private void assertRefused(String why, byte[]... parts) {
    assertThatThrownBy(() -> read(parts))
        .isInstanceOf(InputException.class)
        .hasMessage("Cannot read checkpoint old.pth: " + why);
  }
}
