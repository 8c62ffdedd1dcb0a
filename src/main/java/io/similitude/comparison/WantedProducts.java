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
 * Which products of vectors a part makes. With {@code compare: findings} these are rectangles, of
 * two networks whose layers are all compared, and stretches, of layers of the same name; otherwise
 * all of the part.
 *
 * @param isWhole whether all products are made
 * @param rectangles of rows with columns; empty where all are made
 * @param stretches of rows with one column each; empty where all are made
 */
public record WantedProducts(boolean isWhole, List<Rectangle> rectangles, List<Stretch> stretches) {
  private static final WantedProducts WHOLE = new WantedProducts(true, List.of(), List.of());

  /** Rows from {@code row} on with columns from {@code column} on. */
  public record Rectangle(int row, int column, int rows, int columns) {}

  /** Row {@code row + k} with column {@code column + k}, for each k under the length. */
  public record Stretch(int row, int column, int length) {}

  public WantedProducts {
    rectangles = List.copyOf(rectangles);
    stretches = List.copyOf(stretches);
  }

  /** Those of a part. */
  public static WantedProducts of(Comparison compare, FindingPairs findings, PartTask part) {
    return compare == Comparison.FINDINGS ? new Cut(findings, part).cut() : WHOLE;
  }

  /** All of a part. */
  public static WantedProducts all() {
    return WHOLE;
  }

  /** How many products are made; of a network with itself each pair twice. */
  public long count(PartTask part) {
    if (isWhole) {
      return (long) part.rows().size() * part.columns().size();
    }
    return rectangles.stream().mapToLong(it -> (long) it.rows * it.columns).sum()
        + stretches.stream().mapToLong(Stretch::length).sum();
  }

  /** About how many products are made of a part, without looking at the names of its layers. */
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

  /** Goes through the blocks of a part. */
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
