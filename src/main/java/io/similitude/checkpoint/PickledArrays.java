package io.similitude.checkpoint;

import java.io.IOException;
import java.util.Map;

/**
 * A pickled dictionary of arrays of bytes and lists of integers, as Python 2 or 3 wrote it: what
 * the Python version of CIFAR is. Nothing in it is executed; it may be hostile.
 */
public final class PickledArrays {
  private static final PickleGlobal NDARRAY = arguments -> new PickledArray();

  /** All that arrays are made of, under the names of NumPy 1 and 2; everything else is refused. */
  private static final Map<String, PickleGlobal> ALLOWED =
      Map.of(
          "numpy.core.multiarray._reconstruct",
          NDARRAY,
          "numpy._core.multiarray._reconstruct",
          NDARRAY,
          "numpy.ndarray",
          NDARRAY,
          "numpy.dtype",
          arguments -> new PickledType(arguments.get(0, String.class)),
          "numpy.core.numeric._frombuffer",
          PickledArray::ofBuffer,
          "numpy._core.numeric._frombuffer",
          PickledArray::ofBuffer,
          "_codecs.encode",
          arguments -> PickleBytes.of(arguments.get(0, String.class)));

  private final PickleDict entries;

  private PickledArrays(PickleDict entries) {
    this.entries = entries;
  }

  /**
   * Reads a pickle.
   *
   * @throws IOException when it is broken, or names what arrays are not made of; the message is
   *     what follows "Cannot read X: "
   */
  public static PickledArrays read(byte[] pickle) throws IOException {
    Unpickler unpickler =
        new Unpickler(
            new PickleInput(pickle),
            PickledArrays::find,
            id -> {
              throw new MalformedException("its pickle is broken: it refers to another file");
            },
            PickleStrings.BYTES);
    if (unpickler.read() instanceof PickleDict dict) {
      return new PickledArrays(dict);
    }
    throw new MalformedException("its pickle holds no dictionary");
  }

  private static PickleGlobal find(String module, String name) throws MalformedException {
    PickleGlobal global = ALLOWED.get(module + "." + name);
    if (global == null) {
      throw new MalformedException(
          "its pickle names "
              + MalformedException.quote(module + "." + name)
              + ", which no array needs; nothing of it was executed");
    }
    return global;
  }

  /**
   * An array of uint8, rows x {@code columns}, row by row.
   *
   * @throws IOException when there is no such array
   */
  public byte[] bytes(String key, int columns) throws IOException {
    return get(key, PickledArray.class).bytes(columns);
  }

  /**
   * A list of integers.
   *
   * @throws IOException when there is no such list
   */
  public long[] integers(String key) throws IOException {
    return get(key, PickleList.class).longs();
  }

  private <T> T get(String key, Class<T> type) throws MalformedException {
    Object value = entries.get(key);
    if (!type.isInstance(value)) {
      throw new MalformedException("its pickle has no such entry as " + key);
    }
    return type.cast(value);
  }
}
