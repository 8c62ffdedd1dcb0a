package io.similitude.similarity.exact;

import io.similitude.similarity.gram.CentredBatch;
import io.similitude.similarity.gram.UCentring;
import io.similitude.similarity.gram.Vectors;
import java.util.List;

/**
 * All features X of a representation, N x p, less their means, batch by batch. They give &lt;A,
 * B&gt; with another representation without any N x N matrix.
 *
 * <pre>
 *   &lt;K, L&gt; = |C|^2 = sum_g &lt;C, C_g&gt;,   C = X&#7488; Y = sum_g C_g,   C_g = X_g&#7488; Y_g,
 * </pre>
 *
 * <p>where C is p x q, and the terms of the sum over g are the shares of the batches g. With d, e
 * the diagonals of K and L, r, s their shifts ({@link ExactSite}), S = sum s, rho = sum r s, and
 * since the rows of K, of L and of the U-centred A and B sum to zero,
 *
 * <pre>
 *   sum_j A_ij B_ij = sum_j K_ij L_ij - d_i e_i + 2 r_i e_i + d_i s_i - 2 r_i s_i + r_i S + rho
 *                     - y_i&#7488; v - x_i&#7488; u,   v = sum_j r_j y_j,   u = sum_j s_j x_j.
 * </pre>
 *
 * <p>Source: the first line is S. Kornblith et al., Similarity of neural network representations
 * revisited, ICML 2019, equation 1; the second is {@link UCentring} written out.
 */
public record ExactFeatures(ExactSite site, List<CentredBatch> batches) {
  public ExactFeatures {
    batches = List.copyOf(batches);
  }

  /** The shares of &lt;A, B&gt; less those of &lt;K, L&gt;. */
  double[] uCentring(ExactFeatures other) {
    double[] v = new double[other.site.p()];
    double[] u = new double[site.p()];
    double total = 0;
    double rho = 0;
    for (int g = 0; g < batches.size(); g++) {
      double[] r = site.shifts(batches.get(g));
      double[] s = other.site.shifts(other.batches.get(g));
      addTo(v, other.batches.get(g).sum(r));
      addTo(u, batches.get(g).sum(s));
      rho += Vectors.dot(r, s);
      for (double shift : s) {
        total += shift;
      }
    }
    double[] shares = new double[batches.size()];
    for (int g = 0; g < shares.length; g++) {
      shares[g] =
          uCentring(batches.get(g), other, g, total, rho)
              - Vectors.dot(other.batches.get(g).total(), v)
              - Vectors.dot(batches.get(g).total(), u);
    }
    return shares;
  }

  private double uCentring(
      CentredBatch batch, ExactFeatures other, int g, double total, double rho) {
    double[] d = batch.norms();
    double[] e = other.batches.get(g).norms();
    double[] r = site.shifts(batch);
    double[] s = other.site.shifts(other.batches.get(g));
    double sum = 0;
    for (int i = 0; i < d.length; i++) {
      sum += e[i] * (2 * r[i] - d[i]) + s[i] * (d[i] - 2 * r[i]) + r[i] * total + rho;
    }
    return sum;
  }

  private static void addTo(double[] sum, double[] term) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += term[k];
    }
  }
}
