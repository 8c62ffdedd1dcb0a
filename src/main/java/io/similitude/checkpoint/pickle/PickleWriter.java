package io.similitude.checkpoint.pickle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes a pickle of protocol 2, instruction by instruction, in the form that libtorch reads. */
public final class PickleWriter {
  private static final int PROTOCOL = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public PickleWriter() {
    op(Opcodes.PROTO);
    out.write(PROTOCOL);
  }

  public PickleWriter op(int opcode) {
    out.write(opcode);
    return this;
  }

  public PickleWriter global(String module, String name) {
    op(Opcodes.GLOBAL);
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  public PickleWriter text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    op(Opcodes.BINUNICODE);
    out.writeBytes(littleEndian(Integer.BYTES).putInt(utf8.length).array());
    out.writeBytes(utf8);
    return this;
  }

  /**
   * Writes an integer in four bytes. If it needs more, it takes the eight bytes that libtorch
   * expects.
   */
  public PickleWriter integer(long value) {
    if (value == (int) value) {
      op(Opcodes.BININT);
      out.writeBytes(littleEndian(Integer.BYTES).putInt((int) value).array());
    } else {
      op(Opcodes.LONG1);
      out.write(Long.BYTES);
      out.writeBytes(littleEndian(Long.BYTES).putLong(value).array());
    }
    return this;
  }

  public PickleWriter bool(boolean value) {
    return op(value ? Opcodes.NEWTRUE : Opcodes.NEWFALSE);
  }

  public PickleWriter integers(long... values) {
    op(Opcodes.MARK);
    for (long value : values) {
      integer(value);
    }
    return op(Opcodes.TUPLE);
  }

  /** Ends the pickle and returns it. */
  public byte[] stop() {
    return op(Opcodes.STOP).bytes();
  }

  /** The bytes that have been written so far. */
  public byte[] bytes() {
    return out.toByteArray();
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
