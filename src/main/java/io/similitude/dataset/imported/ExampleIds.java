package io.similitude.dataset.imported;

import io.similitude.input.InputException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** The examples whose rows a file of features has. */
public final class ExampleIds {
  private final long[] ids;
  private final boolean counted;

  private ExampleIds(long[] ids, boolean counted) {
    this.ids = ids;
    this.counted = counted;
  }

  /** The examples of a file without ids: row i is example i. */
  static ExampleIds counted(int rows) {
    return new ExampleIds(LongStream.range(0, rows).toArray(), true);
  }

  /**
   * The examples of a file with ids, row by row.
   *
   * @throws InputException if an example occurs twice
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

  /** Whether the rows are identified only by counting. */
  public boolean areCounted() {
    return counted;
  }

  /** The ids, ascending. Do not change the array. */
  public long[] ids() {
    return ids;
  }

  public boolean contains(long id) {
    return Arrays.binarySearch(ids, id) >= 0;
  }

  /** The first of these examples that has no row. */
  public OptionalLong firstMissing(long... wanted) {
    return Arrays.stream(wanted).filter(id -> !contains(id)).findFirst();
  }
}
