package io.similitude.comparison.gram;

import io.similitude.comparison.PartTask;
import io.similitude.plan.Covariate;
import io.similitude.plan.SiteBlock;
import io.similitude.similarity.measure.HsicSums;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.PartialCka;
import io.similitude.similarity.measure.Significance;
import io.similitude.similarity.measure.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Computes CKA of the pairs of a part, given some representations. It applies algebra to the HSIC
 * sums of all of them. CKA itself computes these sums when the given representations are added to
 * the rows and the columns.
 *
 * <p>Those sums must be float64. When the given representations explain most of a representation,
 * the rest is a small difference of these sums.
 *
 * <p>For the standard error the sums of every batch are kept, 8 bytes for each pair, if they take
 * less than 256 MiB in total. Otherwise values have no standard error.
 */
final class PartialCkaAccumulator implements Accumulator {
  private static final long MOST_BYTES = 256L << 20;

  private final List<String> given;
  private final boolean isGroup;
  private final int rows;
  private final int columns;
  private final Accumulator cka;
  private final List<SumsOfPairs> batches = new ArrayList<>();
  private SumsOfPairs whole;
  private boolean isTooLong;

  /**
   * @param cka computes CKA itself, for a part that has the given representations next to its rows
   *     and columns
   */
  PartialCkaAccumulator(PartTask task, List<Covariate> given, Function<PartTask, Accumulator> cka) {
    this.given = given.stream().map(Covariate::name).toList();
    this.isGroup = task.isSymmetric();
    this.rows = task.rows().size();
    this.columns = task.columns().size();
    List<SiteBlock> blocks = given.stream().map(Covariate::block).toList();
    this.cka =
        cka.apply(
            new PartTask(task.rows().with(blocks), task.columns().with(blocks), task.coverage()));
    this.whole = SumsOfPairs.none(this.cka.sums());
  }

  @Override
  public void row(int row, SiteGram gram) {
    cka.row(row, gram);
  }

  @Override
  public void column(int column, SiteGram gram) {
    cka.column(column, gram);
  }

  @Override
  public void given(String name, SiteGram gram) {
    int place = given.indexOf(name);
    if (place >= 0) {
      cka.row(rows + place, gram);
      if (!isGroup) {
        cka.column(columns + place, gram);
      }
    }
  }

  @Override
  public void endBatch() {
    cka.endBatch();
    SumsOfPairs before = whole;
    whole = SumsOfPairs.of(cka.sums());
    long pairs = (long) cka.sums().rows() * cka.sums().columns();
    isTooLong |= (batches.size() + 1) * pairs * Double.BYTES > MOST_BYTES;
    if (isTooLong) {
      batches.clear();
    } else {
      batches.add(whole.since(before));
    }
  }

  @Override
  public MeasureValue pair(int row, int column) {
    if (isOutOfRange(row, column)) {
      return MeasureValue.missing(Status.BANDWIDTH_TOO_NARROW);
    }
    MeasureValue similarity =
        PartialCka.of(
            matrix(whole, row, column),
            batches.stream().map(batch -> matrix(batch, row, column)).toList());
    boolean isItself = isGroup && row == column && similarity.value().isPresent();
    return isItself ? MeasureValue.of(1, 0) : similarity;
  }

  /** Whether the kernel of the row, of the column or of a given representation is too narrow. */
  private boolean isOutOfRange(int a, int b) {
    boolean isAny = isOutOfRangeWith(a, b);
    for (int k = 0; k < given.size(); k++) {
      isAny |= isOutOfRangeWith(a, columns + k);
      isAny |= isOutOfRangeWith(rows + k, columns + k);
    }
    return isAny;
  }

  private boolean isOutOfRangeWith(int a, int b) {
    return cka.pair(a, b).status() == Status.BANDWIDTH_TOO_NARROW;
  }

  /** The HSIC sums of all pairs among a row, a column and the given representations. */
  private double[][] matrix(SumsOfPairs sums, int a, int b) {
    double[][] s = new double[2 + given.size()][2 + given.size()];
    s[0][0] = sums.row(a);
    s[1][1] = sums.column(b);
    s[0][1] = sums.pair(a, b);
    for (int k = 0; k < given.size(); k++) {
      s[0][2 + k] = sums.pair(a, columns + k);
      // Within a group each pair is computed in one order only, and the columns are the rows.
      s[1][2 + k] = isGroup ? sums.pair(b, columns + k) : sums.pair(rows + k, b);
      s[2 + k][2 + k] = sums.row(rows + k);
      for (int l = k + 1; l < given.size(); l++) {
        s[2 + k][2 + l] = sums.pair(rows + k, columns + l);
      }
    }
    return mirrored(s);
  }

  private static double[][] mirrored(double[][] s) {
    for (int i = 0; i < s.length; i++) {
      for (int j = 0; j < i; j++) {
        s[i][j] = s[j][i];
      }
    }
    return s;
  }

  @Override
  public MeasureValue reversed(int column, int row) {
    return pair(row, column);
  }

  /** Empty. When examples are paired at random, the null distribution is that of CKA itself. */
  @Override
  public Significance evidence(int row, int column, MeasureValue similarity) {
    return Significance.NONE;
  }

  @Override
  public Significance reversedEvidence(int column, int row, MeasureValue similarity) {
    return Significance.NONE;
  }

  @Override
  public boolean isSymmetric() {
    return true;
  }

  @Override
  public HsicSums sums() {
    return cka.sums();
  }

  @Override
  public void close() {
    cka.close();
  }
}
