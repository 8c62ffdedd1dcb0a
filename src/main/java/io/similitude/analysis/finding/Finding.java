package io.similitude.analysis.finding;

/**
 * One kind of statement about a sweep. To add one, write a class and add a line in {@link
 * FindingKinds}.
 */
interface Finding {
  /** Its name in the tables. */
  String name();

  /** Increment when the same similarities would produce different numbers. */
  default int version() {
    return 1;
  }

  /** Adds its results. If it finds nothing, the status of a row says why. */
  void find(SweepView sweep, FindingResults found);
}
