package io.similitude.comparison;

import io.similitude.plan.FindingPairs;
import io.similitude.plan.SiteBlock;
import io.similitude.plan.StoredLayer;
import io.similitude.spec.Comparison;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The products of vectors that a part computes. With {@code compare: findings} these are rectangles
 * and stretches. A rectangle has all pairs of layers of two networks. A stretch has the pairs of
 * layers of the same name. Otherwise the part computes all products.
 *
 * @param isWhole whether all products are computed
 * @param rectangles rectangles of rows with columns; empty if all products are computed
 * @param stretches stretches of rows with one column each; empty if all products are computed
 */
public record WantedProducts(boolean isWhole, List<Rectangle> rectangles, List<Stretch> stretches) {
  private static final WantedProducts WHOLE = new WantedProducts(true, List.of(), List.of());

  /** The products of the rows from {@code row} on with the columns from {@code column} on. */
  public record Rectangle(int row, int column, int rows, int columns) {}

  /**
   * The products of row {@code row + k} with column {@code column + k}, for each k less than the
   * length.
   */
  public record Stretch(int row, int column, int length) {}

  public WantedProducts {
    rectangles = List.copyOf(rectangles);
    stretches = List.copyOf(stretches);
  }

  /** The wanted products of a part. */
  public static WantedProducts of(Comparison compare, FindingPairs findings, PartTask part) {
    return compare == Comparison.FINDINGS ? new Cut(findings, part).cut() : WHOLE;
  }

  /** All products of a part. */
  public static WantedProducts all() {
    return WHOLE;
  }

  /** The number of products. For a network with itself, each pair counts twice. */
  public long count(PartTask part) {
    if (isWhole) {
      return (long) part.rows().size() * part.columns().size();
    }
    return rectangles.stream().mapToLong(it -> (long) it.rows * it.columns).sum()
        + stretches.stream().mapToLong(Stretch::length).sum();
  }

  /** The approximate number of products of a part, computed without the names of its layers. */
  static long estimate(Comparison compare, FindingPairs findings, PartTask part) {
    if (compare != Comparison.FINDINGS) {
      return part.pairs();
    }
    long count = 0;
    for (SiteBlock a : part.rows().blocks()) {
      for (SiteBlock b : part.columns().blocks()) {
        long rows = a.layers().size();
        long columns = b.layers().size();
        count +=
            switch (findings.kind(a, b)) {
              case NONE -> 0;
              case MATCHED -> Math.min(rows, columns);
              case ALL -> rows * columns;
            };
      }
    }
    return part.isSymmetric() ? (count + part.rows().size()) / 2 : count;
  }

  private static final class Cut {
    private final FindingPairs findings;
    private final PartTask part;
    private final List<Rectangle> rectangles = new ArrayList<>();
    private final List<Stretch> stretches = new ArrayList<>();

    Cut(FindingPairs findings, PartTask part) {
      this.findings = findings;
      this.part = part;
    }

    WantedProducts cut() {
      List<SiteBlock> rows = part.rows().blocks();
      List<SiteBlock> columns = part.columns().blocks();
      int row = 0;
      for (int r = 0; r < rows.size(); r++) {
        int column = 0;
        for (int c = 0; c < columns.size(); c++) {
          if (!part.isSymmetric() || r <= c) {
            add(rows.get(r), row, columns.get(c), column);
          }
          column += columns.get(c).layers().size();
        }
        row += rows.get(r).layers().size();
      }
      return new WantedProducts(false, rectangles, stretches);
    }

    private void add(SiteBlock rows, int row, SiteBlock columns, int column) {
      switch (findings.kind(rows, columns)) {
        case NONE -> {}
        case ALL ->
            rectangles.add(
                new Rectangle(row, column, rows.layers().size(), columns.layers().size()));
        case MATCHED -> match(rows.layers(), row, columns.layers(), column);
      }
    }

    private void match(List<StoredLayer> rows, int row, List<StoredLayer> columns, int column) {
      Map<String, List<Integer>> places = new HashMap<>();
      for (int j = 0; j < columns.size(); j++) {
        places.computeIfAbsent(columns.get(j).name(), name -> new ArrayList<>()).add(j);
      }
      Map<Integer, Stretch> open = new HashMap<>();
      for (int i = 0; i < rows.size(); i++) {
        Map<Integer, Stretch> longer = new HashMap<>();
        for (int j : places.getOrDefault(rows.get(i).name(), List.of())) {
          Stretch before = open.remove(j - 1);
          longer.put(
              j,
              before == null
                  ? new Stretch(row + i, column + j, 1)
                  : new Stretch(before.row, before.column, before.length + 1));
        }
        stretches.addAll(open.values());
        open = longer;
      }
      stretches.addAll(open.values());
    }
  }
}
