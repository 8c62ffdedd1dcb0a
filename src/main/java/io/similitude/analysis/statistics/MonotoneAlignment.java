package io.similitude.analysis.statistics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The path through a rectangle of similarities whose cells have the largest mean. It goes from the
 * first cell to the last. Each step goes down, right or both. The mean is used because a sum would
 * favour long paths.
 *
 * <p>Dynamic programming finds the path with the largest sum of S - lambda; lambda becomes the mean
 * of the path, until it no longer grows (W. Dinkelbach, On nonlinear fractional programming,
 * Management Science 13, 1967). A step down and right is preferred to a step down. A step down is
 * preferred to a step right.
 *
 * @param path cells in order
 * @param mean of their similarities
 */
public record MonotoneAlignment(List<Cell> path, double mean) {
  private static final int MOST_ITERATIONS = 100;

  /** Means that differ by less are equal up to rounding. */
  private static final double ROUNDING = 1e-12;

  public MonotoneAlignment {
    path = List.copyOf(path);
  }

  /** A layer of one network and a layer of the other. */
  public record Cell(int row, int column) {}

  /** The best path of a matrix with at least one cell. */
  public static MonotoneAlignment of(double[][] similarities) {
    double mean = 0;
    List<Cell> path = List.of();
    for (int i = 0; i < MOST_ITERATIONS; i++) {
      path = best(similarities, mean);
      double next = mean(similarities, path);
      if (next <= mean + ROUNDING) {
        break;
      }
      mean = next;
    }
    return new MonotoneAlignment(path, mean(similarities, path));
  }

  /** The mean along a given path. */
  public static double mean(double[][] similarities, List<Cell> path) {
    double sum = path.stream().mapToDouble(it -> similarities[it.row()][it.column()]).sum();
    return sum / path.size();
  }

  /** The number of cells in both paths divided by the number of cells in at least one. */
  public double agreement(MonotoneAlignment other) {
    Set<Cell> either = new HashSet<>(path);
    either.addAll(other.path);
    Set<Cell> both = new HashSet<>(path);
    both.retainAll(other.path);
    return (double) both.size() / either.size();
  }

  /** The mean difference of relative depths along the path of a rows x columns matrix. */
  public double deviation(int rows, int columns) {
    double sum =
        path.stream()
            .mapToDouble(it -> Math.abs(depth(it.row(), rows) - depth(it.column(), columns)))
            .sum();
    return sum / path.size();
  }

  private static double depth(int layer, int layers) {
    return layers == 1 ? 0 : layer / (layers - 1.0);
  }

  private static List<Cell> best(double[][] similarities, double lambda) {
    int rows = similarities.length;
    int columns = similarities[0].length;
    double[][] sums = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double before = i == 0 && j == 0 ? 0 : at(sums, before(sums, i, j));
        sums[i][j] = before + similarities[i][j] - lambda;
      }
    }
    Deque<Cell> path = new ArrayDeque<>();
    Cell cell = new Cell(rows - 1, columns - 1);
    path.addFirst(cell);
    while (cell.row() > 0 || cell.column() > 0) {
      cell = before(sums, cell.row(), cell.column());
      path.addFirst(cell);
    }
    return List.copyOf(path);
  }

  private static Cell before(double[][] sums, int i, int j) {
    if (i == 0) {
      return new Cell(0, j - 1);
    }
    if (j == 0) {
      return new Cell(i - 1, 0);
    }
    Cell best = new Cell(i - 1, j - 1);
    if (sums[i - 1][j] > at(sums, best)) {
      best = new Cell(i - 1, j);
    }
    return sums[i][j - 1] > at(sums, best) ? new Cell(i, j - 1) : best;
  }

  private static double at(double[][] matrix, Cell cell) {
    return matrix[cell.row()][cell.column()];
  }
}
