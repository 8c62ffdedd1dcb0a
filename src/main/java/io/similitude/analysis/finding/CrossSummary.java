package io.similitude.analysis.finding;

import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.statistics.Identification;
import io.similitude.analysis.statistics.LagCurve;
import io.similitude.analysis.statistics.MonotoneAlignment;
import io.similitude.analysis.statistics.Replicated;
import io.similitude.analysis.statistics.ReplicatedMatrix;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.table.Site;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The correspondence of layers of two networks.
 *
 * @param rows layers of a
 * @param columns layers of b
 * @param forward how often a layer of a finds the same layer in b; null if the networks have
 *     different layers
 * @param backward how often a layer of b finds the same layer in a; null in the same case
 * @param stable share of layers of a that find the same layer of b in every replicate
 * @param longRange mean similarity of layers at least half of the depth apart; null if the networks
 *     have different layers
 * @param alignment mean similarity along the best monotone path
 * @param deviation mean difference of relative depth along that path
 * @param pathAgreement mean agreement of the replicates' paths with that path; NaN without
 *     replicates
 */
public record CrossSummary(
    MeasureColumns measure,
    String a,
    String b,
    String view,
    FindingStatus status,
    int rows,
    int columns,
    Identification forward,
    Identification backward,
    double stable,
    Replicated longRange,
    Replicated alignment,
    double deviation,
    double pathAgreement)
    implements Serializable {

  static CrossSummary of(
      MeasureColumns measure, CheckpointView a, CheckpointView b, Collection<Cell> cells) {
    CellMatrix matrix = new CellMatrix(cells, false);
    Optional<ReplicatedMatrix> found = matrix.matrix();
    if (found.isEmpty() || matrix.rows().size() < 2 || matrix.columns().size() < 2) {
      FindingStatus status =
          found.isEmpty() ? FindingStatus.MISSING_PAIRS : FindingStatus.TOO_FEW_LAYERS;
      return new CrossSummary(
          measure,
          a.checkpoint(),
          b.checkpoint(),
          a.view(),
          status,
          0,
          0,
          null,
          null,
          0,
          null,
          null,
          0,
          0);
    }
    ReplicatedMatrix square = found.get();
    MonotoneAlignment path = MonotoneAlignment.of(square.whole());
    boolean isSame = names(matrix.rows()).equals(names(matrix.columns()));
    return new CrossSummary(
        measure,
        a.checkpoint(),
        b.checkpoint(),
        a.view(),
        FindingStatus.OK,
        square.rows(),
        square.columns(),
        isSame ? Identification.of(square.whole()) : null,
        isSame ? Identification.of(transposed(square.whole())) : null,
        stable(square),
        isSame ? square.evaluate(CrossSummary::longRange) : null,
        square.evaluate(it -> MonotoneAlignment.of(it).mean()),
        path.deviation(square.rows(), square.columns()),
        pathAgreement(square, path));
  }

  private static List<String> names(List<Site> sites) {
    return sites.stream().map(Site::layer).toList();
  }

  private static double longRange(double[][] cross) {
    return (LagCurve.longRange(cross) + LagCurve.longRange(transposed(cross))) / 2;
  }

  private static double stable(ReplicatedMatrix square) {
    int[] best = Identification.best(square.whole());
    boolean[] differs = new boolean[best.length];
    square.evaluateEach(
        it -> {
          int[] now = Identification.best(it);
          for (int i = 0; i < best.length; i++) {
            differs[i] |= now[i] != best[i];
          }
        });
    int stable = 0;
    for (boolean differing : differs) {
      stable += differing ? 0 : 1;
    }
    return (double) stable / best.length;
  }

  private static double pathAgreement(ReplicatedMatrix square, MonotoneAlignment path) {
    List<Double> agreements = new ArrayList<>();
    square.evaluateEach(it -> agreements.add(path.agreement(MonotoneAlignment.of(it))));
    return agreements.stream().mapToDouble(it -> it).average().orElse(Double.NaN);
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] transposed = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[0].length; j++) {
        transposed[j][i] = matrix[i][j];
      }
    }
    return transposed;
  }
}
