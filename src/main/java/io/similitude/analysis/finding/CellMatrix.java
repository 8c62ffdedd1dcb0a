package io.similitude.analysis.finding;

import io.similitude.analysis.statistics.Replicated;
import io.similitude.analysis.statistics.ReplicatedMatrix;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.table.Site;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The cells between the layers of two networks as a matrix, layers in the order in which they run.
 * Constant layers are dropped and counted.
 */
final class CellMatrix {
  private final Map<Site, Map<Site, Cell>> cells = new HashMap<>();
  private final List<Site> rows;
  private final List<Site> columns;
  private final Set<Site> constant = new HashSet<>();
  private final boolean isSquare;

  /**
   * @param isSquare whether rows and columns are the same network; then each pair is given once
   */
  CellMatrix(Collection<Cell> all, boolean isSquare) {
    this.isSquare = isSquare;
    TreeMap<Integer, Site> ofRows = new TreeMap<>();
    TreeMap<Integer, Site> ofColumns = new TreeMap<>();
    for (Cell cell : all) {
      cells.computeIfAbsent(cell.a(), a -> new HashMap<>()).put(cell.b(), cell);
      ofRows.put(cell.a().position(), cell.a());
      (isSquare ? ofRows : ofColumns).put(cell.b().position(), cell.b());
      if (cell.status() == Status.CONSTANT_LAYER && cell.a().equals(cell.b())) {
        constant.add(cell.a());
      }
    }
    if (!isSquare) {
      dropConstant(ofRows.values(), ofColumns.values());
    }
    this.rows = ofRows.values().stream().filter(it -> !constant.contains(it)).toList();
    this.columns =
        isSquare ? rows : ofColumns.values().stream().filter(it -> !constant.contains(it)).toList();
  }

  List<Site> rows() {
    return rows;
  }

  List<Site> columns() {
    return columns;
  }

  int constant() {
    return constant.size();
  }

  /** The matrix; empty if a cell is missing or has no value. */
  Optional<ReplicatedMatrix> matrix() {
    if (rows.isEmpty() || columns.isEmpty()) {
      return Optional.empty();
    }
    int groups = groups();
    double[][][] numbers = new double[groups + 1][rows.size()][columns.size()];
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < columns.size(); j++) {
        Replicated value = at(rows.get(i), columns.get(j));
        if (value == null) {
          return Optional.empty();
        }
        numbers[0][i][j] = value.value();
        double[] without = value.without();
        for (int g = 0; g < groups; g++) {
          numbers[g + 1][i][j] = without[g];
        }
      }
    }
    return Optional.of(ReplicatedMatrix.of(numbers[0], List.of(numbers).subList(1, groups + 1)));
  }

  /** The number of groups that all cells have. */
  private int groups() {
    return cells.values().stream()
        .flatMap(it -> it.values().stream())
        .filter(it -> it.value() != null)
        .mapToInt(it -> it.value().groups())
        .min()
        .orElse(0);
  }

  private Replicated at(Site row, Site column) {
    Cell cell = cells.getOrDefault(row, Map.of()).get(column);
    if (cell == null && isSquare) {
      cell = cells.getOrDefault(column, Map.of()).get(row);
    }
    return cell == null ? null : cell.value();
  }

  /** Drops the sites of a rectangle that have no cell with a value. */
  private void dropConstant(Collection<Site> ofRows, Collection<Site> ofColumns) {
    Set<Site> withValue = new HashSet<>();
    cells.values().stream()
        .flatMap(it -> it.values().stream())
        .filter(it -> it.status() != Status.CONSTANT_LAYER)
        .forEach(
            it -> {
              withValue.add(it.a());
              withValue.add(it.b());
            });
    ofRows.stream().filter(it -> !withValue.contains(it)).forEach(constant::add);
    ofColumns.stream().filter(it -> !withValue.contains(it)).forEach(constant::add);
  }
}
