package io.similitude.checkpoint.pickle;

import io.similitude.checkpoint.pickle.PickleValue.Mapping;
import io.similitude.checkpoint.pickle.PickleValue.Sequence;
import io.similitude.checkpoint.tensor.MalformedException;
import java.io.IOException;

/**
 * A pickled dictionary of byte arrays and lists of integers, written by Python 2 or 3. The Python
 * version of CIFAR has this form. Nothing in it is executed, so the file may be hostile.
 */
public final class PickledArrays {
  private final Mapping entries;

  private PickledArrays(Mapping entries) {
    this.entries = entries;
  }

  /**
   * Reads a pickle.
   *
   * @throws IOException when it is broken or holds no dictionary; the message is the text after
   *     "Cannot read X: "
   */
  public static PickledArrays read(byte[] pickle) throws IOException {
    if (Unpickler.read(pickle).value() instanceof Mapping entries) {
      return new PickledArrays(entries);
    }
    throw new MalformedException("its pickle holds no dictionary");
  }

  /**
   * An array of uint8, rows x {@code columns}, row by row.
   *
   * @throws IOException when there is no such array
   */
  public byte[] bytes(String key, int columns) throws IOException {
    return NumpyArray.of(entries.get(key)).orElseThrow(() -> missing(key)).bytes(columns);
  }

  /**
   * A list of integers.
   *
   * @throws IOException when there is no such list
   */
  public long[] integers(String key) throws IOException {
    if (entries.get(key) instanceof Sequence integers) {
      return integers.longs();
    }
    throw missing(key);
  }

  private static MalformedException missing(String key) {
    return new MalformedException("its pickle has no such entry as " + key);
  }
}
