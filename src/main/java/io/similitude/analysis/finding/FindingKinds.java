package io.similitude.analysis.finding;

import java.util.List;

/** Every kind of finding, in the order of the tables. */
public final class FindingKinds {
  private static final List<Finding> ALL =
      List.of(
          new BlockStructure(),
          new Specialisation(),
          new Sensitivity(),
          new Overfitting(),
          new TagEffects(),
          new NetworkMap(),
          new Attribution(),
          new Correspondence());

  private FindingKinds() {}

  public static List<Finding> all() {
    return ALL;
  }

  /** All findings of a sweep. */
  public static FindingResults find(SweepView sweep) {
    FindingResults found = new FindingResults();
    ALL.forEach(finding -> finding.find(sweep, found));
    return found;
  }
}
