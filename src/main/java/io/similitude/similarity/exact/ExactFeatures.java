package io.similitude.similarity.exact;

import io.similitude.similarity.gram.CentredBatch;
import io.similitude.similarity.gram.MatrixProducts;
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
  /** The number of doubles of the C_g that are held at once: 32 MiB. */
  private static final long HELD = 1L << 22;

  public ExactFeatures {
    batches = List.copyOf(batches);
  }

  /** The shares of &lt;K, L&gt;; 2 N p q operations. */
  double[] products(ExactFeatures other) {
    int stripe = (int) Math.max(1, HELD / ((long) batches.size() * other.site.p()));
    double[] shares = new double[batches.size()];
    for (int from = 0; from < site.p(); from += stripe) {
      addProducts(other, from, Math.min(site.p(), from + stripe), shares);
    }
    return shares;
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
          uCentring(batches.get(g), other, g, total, rho) - along(other, g, v) - along(this, g, u);
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

  /** The sum of the batch's examples, projected on a direction. */
  private static double along(ExactFeatures features, int g, double[] direction) {
    CentredBatch batch = features.batches.get(g);
    double sum = 0;
    for (int i = 0; i < batch.n(); i++) {
      sum += Vectors.dot(batch.rows(), i * batch.p(), direction, 0, batch.p());
    }
    return sum;
  }

  private void addProducts(ExactFeatures other, int from, int to, double[] shares) {
    double[] whole = new double[(to - from) * other.site.p()];
    double[][] parts = new double[batches.size()][];
    for (int g = 0; g < parts.length; g++) {
      parts[g] = covariance(batches.get(g), other.batches.get(g), from, to);
      addTo(whole, parts[g]);
    }
    for (int g = 0; g < parts.length; g++) {
      shares[g] += Vectors.dot(whole, parts[g]);
    }
  }

  private static double[] covariance(CentredBatch x, CentredBatch y, int from, int to) {
    double[] c = new double[(to - from) * y.p()];
    MatrixProducts.add(c, to - from, y.p(), x.n(), x.rows(), from, 1, x.p(), y.rows());
    return c;
  }

  private static void addTo(double[] sum, double[] term) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += term[k];
    }
  }
}
