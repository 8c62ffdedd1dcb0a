package io.similitude.dataset.imported;

import io.similitude.input.InputException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Matches the rows of representations with the sweep's examples, by the examples' indices in the
 * data set or by counting. Rows that do not match are refused: rows in another order would give a
 * wrong number.
 */
public final class Alignment {
  private final int size;
  private final OptionalInt first;
  private final long[] wanted;
  private FoundFeatures standard;

  private Alignment(int size, OptionalInt first, long... wanted) {
    this.size = size;
    this.first = first;
    this.wanted = wanted;
  }

  /**
   * Aligns representations with the examples of a data set.
   *
   * @param size number of examples in the data set
   * @param first the number of examples used, if these are the first ones
   * @param wanted the examples that are used
   */
  public static Alignment withDataset(int size, OptionalInt first, long... wanted) {
    return new Alignment(size, first, wanted.clone());
  }

  /**
   * Aligns representations with each other. All must have the examples of the first one that is
   * checked.
   */
  public static Alignment withEachOther() {
    return new Alignment(-1, OptionalInt.empty());
  }

  /** The examples of the first representation, ascending, if there is no data set. */
  public Optional<long[]> examples() {
    return Optional.ofNullable(standard).map(found -> found.examples().ids().clone());
  }

  /**
   * Checks that a representation has the examples.
   *
   * @throws InputException if it does not
   */
  public void require(FoundFeatures found) {
    if (size < 0) {
      requireSame(found);
    } else if (found.examples().areCounted()) {
      requireCount(found);
    } else {
      requireWanted(found);
    }
  }

  private void requireCount(FoundFeatures found) {
    int rows = found.examples().count();
    if (rows != size && !first.equals(OptionalInt.of(rows))) {
      String orFirst = first.isPresent() ? ", or each of the first " + first.getAsInt() : "";
      throw misaligned(
          found,
          "it has %d rows, and the data set has %d examples (must be a row for each%s, in the data set's order; example-ids says which rows are which)"
              .formatted(rows, size, orFirst));
    }
  }

  private void requireWanted(FoundFeatures found) {
    OptionalLong missing = found.examples().firstMissing(wanted);
    if (missing.isPresent()) {
      throw misaligned(
          found,
          "it has no row of example %d (all %d examples that the sweep uses are needed)"
              .formatted(missing.getAsLong(), wanted.length));
    }
  }

  private void requireSame(FoundFeatures found) {
    if (standard == null) {
      standard = found;
      return;
    }
    ExampleIds its = found.examples();
    ExampleIds others = standard.examples();
    if (its.count() != others.count()) {
      throw misaligned(
          found,
          "it has %d rows, and %s, the first, has %d (without a data set all must have the same examples)"
              .formatted(its.count(), standard.name(), others.count()));
    }
    if (!Arrays.equals(its.ids(), others.ids())) {
      throw misaligned(
          found,
          "it has no row of example %d, which %s, the first, has (without a data set all must have the same examples)"
              .formatted(its.firstMissing(others.ids()).orElseThrow(), standard.name()));
    }
  }

  private static InputException misaligned(FoundFeatures found, String why) {
    return new InputException(
        "Cannot align representation %s from %s: %s"
            .formatted(found.name(), found.location(), why));
  }
}
