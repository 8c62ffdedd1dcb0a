package io.similitude.similarity.measure;

import io.similitude.similarity.gram.DenseGram;
import io.similitude.similarity.gram.Dissimilarities;
import io.similitude.similarity.gram.Ties;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * A measure of the k nearest neighbours N<sub>i</sub> of each example i among the other examples of
 * the batch. Among equally near examples, those that come first in the batch are taken. Examples
 * are equally near if their dissimilarities differ by no more than the rounding of the Gram matrix
 * ({@link Ties}).
 *
 * <p>A batch of at most k examples has too few neighbours: {@link Status#TOO_FEW_EXAMPLES}.
 */
abstract class NeighbourMeasure extends PairMeasure<NeighbourMeasure.Neighbours> {
  private final MeasureSpec.Dissimilarity dissimilarity;
  private final int k;

  NeighbourMeasure(MeasureSpec spec) {
    this.dissimilarity = spec.setting(Setting.DISSIMILARITY, MeasureSpec.Dissimilarity.class);
    this.k = spec.setting(Setting.NEIGHBOURS, Integer.class);
  }

  /** The term of one example in the mean, from the number of its k neighbours that are common. */
  abstract double overlap(int common, int k);

  @Override
  final Neighbours facet(DenseGram gram) {
    if (gram.isConstant()) {
      return new Neighbours(Status.CONSTANT_LAYER, new int[0][]);
    }
    if (gram.n() <= k) {
      return new Neighbours(Status.TOO_FEW_EXAMPLES, new int[0][]);
    }
    int[][] nearest =
        IntStream.range(0, gram.n()).mapToObj(i -> nearest(gram, i)).toArray(int[][]::new);
    return new Neighbours(Status.OK, nearest);
  }

  @Override
  public long facetBytes(int n) {
    return (long) n * k * Integer.BYTES;
  }

  @Override
  public double pairFlops(int n) {
    return 4.0 * n * k;
  }

  @Override
  final MeasureValue of(Neighbours a, Neighbours b) {
    Status status = a.status == Status.OK ? b.status : a.status;
    return status == Status.OK
        ? MeasureValue.withoutError(mean(a.nearest, b.nearest))
        : MeasureValue.missing(status);
  }

  private double mean(int[][] a, int[][] b) {
    boolean[] isNear = new boolean[a.length];
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      mark(isNear, a[i], true);
      int common = 0;
      for (int j : b[i]) {
        common += isNear[j] ? 1 : 0;
      }
      mark(isNear, a[i], false);
      sum += overlap(common, k);
    }
    return sum / a.length;
  }

  private static void mark(boolean[] isNear, int[] examples, boolean mark) {
    for (int example : examples) {
      isNear[example] = mark;
    }
  }

  private int[] nearest(DenseGram gram, int i) {
    IntUnaryOperator others = k -> k < i ? k : k + 1;
    Dissimilarities row = Dissimilarities.of(dissimilarity, gram, i, gram.n() - 1, others);
    return Arrays.stream(Ties.order(row.joined())).limit(k).map(others).toArray();
  }

  /** The neighbours of each example, or the reason why there are none. */
  static final class Neighbours {
    private final Status status;
    private final int[][] nearest;

    Neighbours(Status status, int[][] nearest) {
      this.status = status;
      this.nearest = nearest;
    }
  }
}
