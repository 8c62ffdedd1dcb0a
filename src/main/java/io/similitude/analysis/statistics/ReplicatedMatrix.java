package io.similitude.analysis.statistics;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A matrix of similarities, with the matrices that result when each group of examples is left out.
 * A function of it must not change its arguments.
 */
public final class ReplicatedMatrix implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[][] whole;
  private final List<double[][]> without;

  private ReplicatedMatrix(double[][] whole, List<double[][]> without) {
    this.whole = whole;
    this.without = without;
  }

  /**
   * A matrix of numbers with replicates.
   *
   * @param cells row by row, rectangular, over the same groups
   */
  public static ReplicatedMatrix of(List<List<Replicated>> cells) {
    int groups = cells.get(0).get(0).groups();
    return new ReplicatedMatrix(
        matrix(cells, Replicated::value),
        IntStream.range(0, groups)
            .mapToObj(g -> matrix(cells, cell -> cell.without()[g]))
            .toList());
  }

  /**
   * A matrix with its replicates.
   *
   * @param without a matrix for each group that is left out
   */
  public static ReplicatedMatrix of(double[][] whole, List<double[][]> without) {
    return new ReplicatedMatrix(copy(whole), without.stream().map(ReplicatedMatrix::copy).toList());
  }

  public int rows() {
    return whole.length;
  }

  public int columns() {
    return whole[0].length;
  }

  public int groups() {
    return without.size();
  }

  /** The matrix over all examples. */
  public double[][] whole() {
    return copy(whole);
  }

  /** The value of a function of the matrix, with its replicates. */
  public Replicated evaluate(ToDoubleFunction<double[][]> function) {
    return Replicated.of(
        function.applyAsDouble(whole), without.stream().mapToDouble(function).toArray());
  }

  /** The same for a function with several values, always the same number of them. */
  public List<Replicated> evaluateAll(Function<double[][], double[]> function) {
    double[] values = function.apply(whole);
    List<double[]> replicates = without.stream().map(function).toList();
    List<Replicated> all = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      int at = i;
      all.add(Replicated.of(values[i], replicates.stream().mapToDouble(it -> it[at]).toArray()));
    }
    return all;
  }

  /** Passes each replicate to a consumer, in order. */
  public void evaluateEach(Consumer<double[][]> someone) {
    without.forEach(someone);
  }

  /** The same matrix of these rows and columns. */
  public ReplicatedMatrix at(int[] rows, int[] columns) {
    Function<double[][], double[][]> chosen =
        it ->
            Arrays.stream(rows)
                .mapToObj(i -> Arrays.stream(columns).mapToDouble(j -> it[i][j]).toArray())
                .toArray(double[][]::new);
    return new ReplicatedMatrix(chosen.apply(whole), without.stream().map(chosen).toList());
  }

  private static double[][] matrix(
      List<List<Replicated>> cells, ToDoubleFunction<Replicated> number) {
    return cells.stream()
        .map(row -> row.stream().mapToDouble(number).toArray())
        .toArray(double[][]::new);
  }

  private static double[][] copy(double[][] matrix) {
    return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
  }
}
