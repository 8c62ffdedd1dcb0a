package io.similitude.dataset.npy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The types of values that are read from and written to NumPy files. */
public enum NpyType {
  BOOL("b1", 1),
  UINT8("u1", 1),
  UINT16("u2", 2),
  UINT32("u4", 4),
  UINT64("u8", 8),
  INT8("i1", 1),
  INT16("i2", 2),
  INT32("i4", 4),
  INT64("i8", 8),
  FLOAT16("f2", 2),
  FLOAT32("f4", 4),
  FLOAT64("f8", 8);

  private final String code;
  private final int bytes;

  NpyType(String code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** NumPy's code, without the byte order. */
  String code() {
    return code;
  }

  /** The size of one value. */
  public int bytes() {
    return bytes;
  }

  /** Whether the values are whole numbers; true and false are 1 and 0. */
  public boolean isInteger() {
    return !code.startsWith("f");
  }

  /** Whether float32 can hold all of its values. */
  public boolean fitsFloat32() {
    return bytes < Float.BYTES || this == FLOAT32;
  }

  static Optional<NpyType> ofCode(String code) {
    return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
  }

  /** NumPy's name. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
