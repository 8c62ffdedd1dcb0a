package io.similitude.comparison.gram;

import io.similitude.comparison.PartTask;
import io.similitude.comparison.ProductEngine;
import io.similitude.comparison.SiteVectors;
import io.similitude.comparison.WantedProducts;
import io.similitude.network.GramInvariants;
import io.similitude.similarity.gram.CubicInvariants;
import io.similitude.similarity.gram.GramSummary;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.similarity.measure.HsicSums;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.ProductMeasure;
import io.similitude.similarity.measure.Significance;
import io.similitude.similarity.measure.Status;
import io.similitude.spec.measure.MeasureSpec;
import java.util.Arrays;
import java.util.Optional;

/**
 * Computes a measure of all pairs at once, by the product engine.
 *
 * <p>For two groups, only the stored Gram matrices of the smaller group are centred. Centring
 * removes a part from the other matrix, and the product of a centred matrix with that part is 0.
 */
final class ProductAccumulator implements Accumulator {
  private final MeasureSpec spec;
  private final ProductMeasure measure;
  private final ProductEngine engine;
  private final GramInvariants cubic;
  private final WantedProducts wanted;
  private final boolean isGroup;
  private final HsicSums sums;
  private final Side rows;
  private final Side columns;

  /**
   * @param spec of the measure
   * @param wanted the pairs that are needed
   * @param gpu the GPU's index; empty for the CPU
   */
  ProductAccumulator(
      MeasureSpec spec,
      ProductMeasure measure,
      PartTask task,
      WantedProducts wanted,
      Optional<Integer> gpu) {
    this.spec = spec;
    this.measure = measure;
    this.engine = new ProductEngine(gpu);
    this.cubic = new GramInvariants(gpu);
    this.wanted = wanted;
    this.isGroup = task.isSymmetric();
    int rowCount = task.rows().size();
    int columnCount = task.columns().size();
    this.sums = isGroup ? HsicSums.ofGroup(rowCount) : HsicSums.empty(rowCount, columnCount);
    this.rows = new Side(rowCount, !isGroup && rowCount > columnCount);
    this.columns = new Side(columnCount, !isGroup && rowCount <= columnCount);
  }

  @Override
  public void row(int row, SiteGram gram) {
    rows.set(row, gram);
  }

  @Override
  public void column(int column, SiteGram gram) {
    columns.set(column, gram);
  }

  @Override
  public void endBatch() {
    if (!wanted.isWhole()) {
      engine.add(rows.vectors, (isGroup ? rows : columns).vectors, wanted, rows.n, sums);
    } else if (isGroup) {
      engine.add(rows.vectors, rows.n, sums);
    } else {
      engine.add(rows.vectors, columns.vectors, rows.n, sums);
    }
    if (measure.hasNull()) {
      sums.addInvariants(
          Arrays.asList(rows.invariants), Arrays.asList((isGroup ? rows : columns).invariants));
    }
  }

  @Override
  public MeasureValue pair(int row, int column) {
    return isGroup && row == column ? measure.itself(sums, row) : measure.pair(sums, row, column);
  }

  @Override
  public MeasureValue reversed(int column, int row) {
    return pair(row, column);
  }

  @Override
  public Significance evidence(int row, int column, MeasureValue similarity) {
    return similarity.status() == Status.OK
        ? measure.evidence(sums, row, column, isGroup && row == column)
        : Significance.NONE;
  }

  @Override
  public Significance reversedEvidence(int column, int row, MeasureValue similarity) {
    return evidence(row, column, similarity);
  }

  @Override
  public double[] replicates(int row, int column) {
    return pair(row, column).status() == Status.OK
        ? measure.replicates(sums, row, column, isGroup && row == column)
        : new double[0];
  }

  @Override
  public boolean isSymmetric() {
    return true;
  }

  @Override
  public HsicSums sums() {
    return sums;
  }

  @Override
  public void close() {
    engine.close();
    cubic.close();
    rows.close();
    columns.close();
  }

  /** The vectors of the rows, or of the columns, on the current batch. */
  private final class Side {
    private final int sites;
    private final boolean mayBePlain;
    private final CubicInvariants[] invariants;
    private SiteVectors vectors;
    private float[] scratch;
    private int n;

    Side(int sites, boolean mayBePlain) {
      this.sites = sites;
      this.mayBePlain = mayBePlain;
      this.invariants = new CubicInvariants[sites];
    }

    void set(int site, SiteGram gram) {
      makeRoom(gram.packed().n());
      if (measure.isOfStoredGrams()) {
        setStored(site, gram.packed(), gram.summary());
        invariants[site] = gram.summary().invariants();
      } else {
        double weight = measure.write(gram.packed(), gram::dense, scratch);
        vectors.set(site, scratch, weight);
        invariants[site] =
            measure.hasNull() && weight > 0 ? kernelInvariants(gram) : CubicInvariants.none(n);
      }
    }

    /** Those of the matrix whose vector was just written. */
    private CubicInvariants kernelInvariants(SiteGram gram) {
      return gram.stored()
          .map(stored -> SharedMoments.of(stored, spec, () -> cubic.of(n, scratch)))
          .orElseGet(() -> cubic.of(n, scratch));
    }

    private void setStored(int site, PackedGram gram, GramSummary summary) {
      if (mayBePlain && summary.isPlainEnough()) {
        vectors.set(site, gram.packed(), summary.weight(), summary.plainScale(gram));
      } else {
        summary.writeCentred(gram, scratch);
        vectors.set(site, scratch, summary.weight());
      }
    }

    /** Reuses the memory of the last batch if it fits. The memory is outside of the heap. */
    private void makeRoom(int examples) {
      if (n != examples) {
        n = examples;
        close();
        vectors = new SiteVectors(sites, measure.length(n));
        scratch = new float[measure.length(n)];
      }
    }

    void close() {
      if (vectors != null) {
        vectors.close();
      }
    }
  }
}
