package io.similitude.similarity.exact;

import io.similitude.similarity.gram.CentredBatch;
import io.similitude.similarity.measure.PairSums;
import java.util.List;

/** The products of exact CKA by their definitions, without a library. */
public enum PlainProducts implements ExactProducts {
  INSTANCE;

  @Override
  public double[] gram(CentredBatch x, CentredBatch y) {
    double[] gram = new double[x.n() * y.n()];
    for (int i = 0; i < x.n(); i++) {
      for (int j = 0; j < y.n(); j++) {
        for (int k = 0; k < x.p(); k++) {
          gram[i * y.n() + j] += x.rows()[i * x.p() + k] * y.rows()[j * x.p() + k];
        }
      }
    }
    return gram;
  }

  @Override
  public double[] tiles(double[][] rows, double[][] columns, PairSums.Pairs wanted) {
    double[] products = new double[rows.length * columns.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        for (int k = 0; wanted.wants(i, j) && k < rows[i].length; k++) {
          products[i * columns.length + j] += rows[i][k] * columns[j][k];
        }
      }
    }
    return products;
  }

  @Override
  public double[][] covariances(ExactFeatures x, List<ExactFeatures> others) {
    return others.stream().map(y -> covariances(x, y)).toArray(double[][]::new);
  }

  private static double[] covariances(ExactFeatures x, ExactFeatures y) {
    double[] shares = new double[x.batches().size()];
    for (int i = 0; i < x.site().p(); i++) {
      for (int j = 0; j < y.site().p(); j++) {
        double whole = 0;
        for (int g = 0; g < shares.length; g++) {
          whole += entry(x.batches().get(g), i, y.batches().get(g), j);
        }
        for (int g = 0; g < shares.length; g++) {
          shares[g] += whole * entry(x.batches().get(g), i, y.batches().get(g), j);
        }
      }
    }
    return shares;
  }

  /** An entry of C_g. */
  private static double entry(CentredBatch x, int i, CentredBatch y, int j) {
    double sum = 0;
    for (int k = 0; k < x.n(); k++) {
      sum += x.rows()[k * x.p() + i] * y.rows()[k * y.p() + j];
    }
    return sum;
  }
}
