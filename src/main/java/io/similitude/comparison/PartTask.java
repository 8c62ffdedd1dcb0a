package io.similitude.comparison;

import static java.util.stream.Collectors.joining;

import io.similitude.execution.Task;
import io.similitude.plan.SiteBlock;
import io.similitude.stage.Digest;
import io.similitude.store.Coverage;
import io.similitude.store.Part;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The comparison of two groups of sites, or of one group with itself: one part of the similarities.
 */
public record PartTask(SiteGroup rows, SiteGroup columns, Coverage coverage) implements Task {
  private static final String NAME = "part";

  public static PartTask of(String settings, SiteGroup rows, SiteGroup columns) {
    return new PartTask(rows, columns, new Coverage(settings, rows.keys(), columns.keys()));
  }

  /** The same of the groups' other blocks, if any are left. */
  Optional<PartTask> without(Set<SiteBlock> blocks) {
    List<SiteBlock> down = rows.blocks().stream().filter(it -> !blocks.contains(it)).toList();
    List<SiteBlock> along = columns.blocks().stream().filter(it -> !blocks.contains(it)).toList();
    return down.isEmpty() || along.isEmpty()
        ? Optional.empty()
        : Optional.of(of(coverage.settings(), new SiteGroup(down), new SiteGroup(along)));
  }

  /** The same groups make the same part, whatever else is in the plan. */
  public Part part() {
    Digest digest =
        new Digest()
            .with("settings", coverage.settings())
            .with("rows", coverage.rows())
            .with("columns", coverage.columns());
    return new Part(NAME, digest.hex());
  }

  /** How many pairs of sites there are. */
  long pairs() {
    long all = (long) rows.size() * columns.size();
    return isSymmetric() ? (all + rows.size()) / 2 : all;
  }

  @Override
  public String label() {
    return Stream.of(rows, columns).map(SiteGroup::label).distinct().collect(joining(" with "));
  }

  /** Whether the group is compared with itself: then only pairs in order count. */
  public boolean isSymmetric() {
    return coverage.isSymmetric();
  }
}
