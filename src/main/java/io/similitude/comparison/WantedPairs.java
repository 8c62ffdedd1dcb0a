package io.similitude.comparison;

import io.similitude.plan.FindingPairs;
import io.similitude.similarity.table.Site;
import io.similitude.spec.Comparison;
import java.util.List;

/** The pairs of two groups of sites, or of one with itself, that a comparison wants. */
public final class WantedPairs {
  private final Comparison compare;
  private final FindingPairs findings;
  private final List<Site> rows;
  private final List<Site> columns;
  private final boolean isGroup;

  public WantedPairs(Comparison compare, FindingPairs findings, SiteGroup rows, SiteGroup columns) {
    this.compare = compare;
    this.findings = findings;
    this.rows = rows.sites();
    this.columns = columns.sites();
    this.isGroup = rows.equals(columns);
  }

  public int rows() {
    return rows.size();
  }

  public int columns() {
    return columns.size();
  }

  public Site row(int row) {
    return rows.get(row);
  }

  public Site column(int column) {
    return columns.get(column);
  }

  public boolean wants(int row, int column) {
    Site one = rows.get(row);
    Site other = columns.get(column);
    return switch (compare) {
      case ALL -> true;
      case WITHIN_CHECKPOINT -> one.checkpoint().equals(other.checkpoint());
      case SAME_LAYER -> one.layer().equals(other.layer());
      case FINDINGS -> isForFindings(row, column);
    };
  }

  /** Whether findings read the pair. */
  public boolean isForFindings(int row, int column) {
    return findings.wants(rows.get(row), columns.get(column));
  }

  /** Whether both are the same site. */
  public boolean isItself(int row, int column) {
    return isGroup && row == column;
  }

  /**
   * Calls the consumer for each wanted pair. When a group is compared with itself, it visits each
   * pair in one order only.
   */
  public <E extends Exception> void forEach(Pair<E> pair) throws E {
    for (int i = 0; i < rows.size(); i++) {
      for (int j = isGroup ? i : 0; j < columns.size(); j++) {
        if (wants(i, j)) {
          pair.accept(i, j);
        }
      }
    }
  }

  /**
   * Handles a pair, given by its indices.
   *
   * @param <E> the exception that it may throw
   */
  @FunctionalInterface
  public interface Pair<E extends Exception> {
    void accept(int row, int column) throws E;
  }
}
