package io.similitude.analysis.finding;

/** One kind of statement about a sweep. A new one is a class and a line in {@link FindingKinds}. */
interface Finding {
  /** Its name in the tables. */
  String name();

  /** Raised when the same similarities come to give other numbers. */
  default int version() {
    return 1;
  }

  /** Adds what it finds. Where it finds nothing, a row's status says why. */
  void find(SweepView sweep, FindingResults found);
}
