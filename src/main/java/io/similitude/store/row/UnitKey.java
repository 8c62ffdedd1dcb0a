package io.similitude.store.row;

import java.io.Serializable;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * The key of what one task extracts: one checkpoint's values on one batch under one view.
 *
 * @param checkpoint id, {@code [A-Za-z0-9._-]{1,128}}
 * @param view id, of the same form
 * @param batch index of the batch, from 0
 */
public record UnitKey(String checkpoint, String view, int batch)
    implements Comparable<UnitKey>, Serializable {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  /** Hive's spelling of null in a path. Every reader would treat such an id as missing. */
  private static final String NULL_PARTITION = "__HIVE_DEFAULT_PARTITION__";

  private static final Comparator<UnitKey> ORDER =
      Comparator.comparing(UnitKey::checkpoint)
          .thenComparing(UnitKey::view)
          .thenComparingInt(UnitKey::batch);

  public UnitKey {
    checkId("checkpoint", checkpoint);
    checkId("view", view);
    if (batch < 0) {
      throw new IllegalArgumentException("Invalid batch: " + batch + " (must be 0 or more)");
    }
  }

  @Override
  public int compareTo(UnitKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return checkpoint + "/" + view + "/" + batch;
  }

  public static void checkId(String what, String id) {
    if (!ID.matcher(id).matches() || id.equals(NULL_PARTITION)) {
      throw new IllegalArgumentException(
          "Invalid " + what + " id: " + id + " (must match " + ID + ", but be no reserved name)");
    }
  }
}
