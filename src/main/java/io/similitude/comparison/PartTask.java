package io.similitude.comparison;

import static java.util.stream.Collectors.joining;

import io.similitude.execution.Task;
import io.similitude.files.Fingerprint;
import io.similitude.store.Coverage;
import io.similitude.store.Part;
import java.util.stream.Stream;

/**
 * The comparison of two groups of sites, or of one group with itself. It makes one part of the
 * similarities.
 */
public record PartTask(SiteGroup rows, SiteGroup columns, Coverage coverage) implements Task {
  private static final String NAME = "part";

  public static PartTask of(String settings, SiteGroup rows, SiteGroup columns) {
    return new PartTask(rows, columns, new Coverage(settings, rows.keys(), columns.keys()));
  }

  /**
   * The part that this task makes. It depends on the two groups alone, not on the rest of the plan.
   */
  public Part part() {
    Fingerprint digest =
        new Fingerprint()
            .with("settings", coverage.settings())
            .withTexts("rows", coverage.rows())
            .withTexts("columns", coverage.columns());
    return new Part(NAME, digest.hex());
  }

  /** The number of pairs of sites. */
  long pairs() {
    long all = (long) rows.size() * columns.size();
    return isSymmetric() ? (all + rows.size()) / 2 : all;
  }

  /** A step for each Gram matrix: one for each site and each batch. */
  @Override
  public long steps() {
    return rows.grams() + (isSymmetric() ? 0 : columns.grams());
  }

  @Override
  public String label() {
    return Stream.of(rows, columns).map(SiteGroup::label).distinct().collect(joining(" with "));
  }

  /** Whether the group is compared with itself. Then each pair is computed in one order only. */
  public boolean isSymmetric() {
    return coverage.isSymmetric();
  }
}
