package io.similitude.job;

import io.similitude.extraction.CentredGrams;
import io.similitude.extraction.ProductEngine;
import io.similitude.similarity.HsicSums;
import io.similitude.similarity.MinibatchCka;
import io.similitude.similarity.Similarity;

/** Linear, unbiased CKA of all pairs at once: the product engine. */
final class ProductCka implements PartMeasure {
  private final ProductEngine engine = new ProductEngine();
  private final int rowCount;
  private final int columnCount;
  private final boolean isGroup;
  private final HsicSums sums;
  private CentredGrams rows;
  private CentredGrams columns;

  ProductCka(PartTask task) {
    this.rowCount = task.rows().size();
    this.columnCount = task.columns().size();
    this.isGroup = task.isSymmetric();
    this.sums = HsicSums.empty(rowCount, columnCount);
  }

  @Override
  public void row(int row, SiteGram gram) {
    rows = room(rows, rowCount, gram);
    rows.set(row, gram.packed());
  }

  @Override
  public void column(int column, SiteGram gram) {
    columns = room(columns, columnCount, gram);
    columns.set(column, gram.packed());
  }

  @Override
  public void endBatch() {
    if (isGroup) {
      engine.add(rows, sums);
    } else {
      engine.add(rows, columns, sums);
    }
  }

  @Override
  public Similarity pair(int row, int column) {
    return isGroup && row == column
        ? MinibatchCka.self(sums, row)
        : MinibatchCka.pair(sums, row, column);
  }

  @Override
  public Similarity reversed(int column, int row) {
    return pair(row, column);
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
  }

  /** The memory of the batch before, where it fits: it lies outside of the heap. */
  private static CentredGrams room(CentredGrams earlier, int sites, SiteGram gram) {
    int n = gram.packed().n();
    return earlier != null && earlier.n() == n ? earlier : new CentredGrams(sites, n);
  }
}
