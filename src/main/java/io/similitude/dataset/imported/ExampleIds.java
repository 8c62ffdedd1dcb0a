package io.similitude.dataset.imported;

import io.similitude.input.InputException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Which examples a file of features has rows of. */
public final class ExampleIds {
  private final long[] ids;
  private final boolean counted;

  private ExampleIds(long[] ids, boolean counted) {
    this.ids = ids;
    this.counted = counted;
  }

  /** Of a file that does not say: row i is example i. */
  static ExampleIds counted(int rows) {
    return new ExampleIds(LongStream.range(0, rows).toArray(), true);
  }

  /**
   * Of a file that says it, row by row.
   *
   * @throws InputException if an example is there twice
   */
  static ExampleIds named(String location, long... rows) {
    long[] ids = rows.clone();
    Arrays.sort(ids);
    for (int i = 1; i < ids.length; i++) {
      if (ids[i] == ids[i - 1]) {
        throw new InputException(
            "Cannot read %s: it has example %d more than once (each example has one row)"
                .formatted(location, ids[i]));
      }
    }
    return new ExampleIds(ids, false);
  }

  public int count() {
    return ids.length;
  }

  /** Whether the rows are told by counting alone. */
  public boolean areCounted() {
    return counted;
  }

  /** Ascending; not to be written to. */
  public long[] ids() {
    return ids;
  }

  public boolean contains(long id) {
    return Arrays.binarySearch(ids, id) >= 0;
  }

  /** The first of these examples that there is no row of. */
  public OptionalLong firstMissing(long... wanted) {
    return Arrays.stream(wanted).filter(id -> !contains(id)).findFirst();
  }
}
