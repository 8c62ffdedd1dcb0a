package io.similitude.checkpoint.torch;

import io.similitude.checkpoint.pickle.Opcodes;
import io.similitude.checkpoint.pickle.PickleWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An archive like torch.save's, for tests to make and to break. */
public final class TestArchive {
  private static final byte[] DIRECTORY_ENTRY = {'P', 'K', 1, 2};
  private static final int NAME_LENGTH = 28;
  private static final int NAME = 46;

  private final Map<String, byte[]> records = new LinkedHashMap<>();
  private int method = ZipEntry.STORED;

  /** A state dict of one float32 tensor {@code w} of shape [2, 2] with the elements 0 to 3. */
  public static TestArchive ofOneTensor() {
    return new TestArchive()
        .with("a/data.pkl", pickleOf(4, 0, new long[] {2, 2}, new long[] {2, 1}))
        .with("a/data/0", floats(0, 1, 2, 3));
  }

  /** The pickle of {@code {"w": tensor}} over a float32 storage of key 0. */
  public static byte[] pickleOf(long elements, long offset, long[] shape, long[] strides) {
    PickleWriter out = new PickleWriter().op(Opcodes.EMPTY_DICT).text("w");
    tensor(out, "0", elements, offset, shape, strides);
    return out.op(Opcodes.SETITEM).stop();
  }

  public static PickleWriter tensor(
      PickleWriter out, String key, long elements, long offset, long[] shape, long[] strides) {
    out.global("torch._utils", "_rebuild_tensor_v2").op(Opcodes.MARK);
    out.op(Opcodes.MARK).text("storage").global("torch", "FloatStorage").text(key).text("cpu");
    out.integer(elements).op(Opcodes.TUPLE).op(Opcodes.BINPERSID);
    out.integer(offset).integers(shape).integers(strides).bool(false);
    out.global("collections", "OrderedDict").op(Opcodes.EMPTY_TUPLE).op(Opcodes.REDUCE);
    return out.op(Opcodes.TUPLE).op(Opcodes.REDUCE);
  }

  public static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  public TestArchive with(String name, byte[] bytes) {
    records.put(name, bytes);
    return this;
  }

  public TestArchive deflated() {
    method = ZipEntry.DEFLATED;
    return this;
  }

  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> record : records.entrySet()) {
        zip.putNextEntry(entry(record.getKey(), record.getValue()));
        zip.write(record.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private ZipEntry entry(String name, byte[] bytes) {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(method);
    if (method == ZipEntry.STORED) {
      CRC32 crc = new CRC32();
      crc.update(bytes);
      entry.setSize(bytes.length);
      entry.setCrc(crc.getValue());
    }
    return entry;
  }

  /** Where an entry of the zip directory begins in an archive's bytes. */
  static int directoryEntry(byte[] archive, String name) {
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + NAME + wanted.length <= archive.length; at++) {
      if (bytes.slice(at, 4).equals(ByteBuffer.wrap(DIRECTORY_ENTRY))
          && bytes.getShort(at + NAME_LENGTH) == wanted.length
          && bytes.slice(at + NAME, wanted.length).equals(ByteBuffer.wrap(wanted))) {
        return at;
      }
    }
    throw new IllegalArgumentException("no entry " + name);
  }
}
