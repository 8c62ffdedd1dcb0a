package io.similitude.comparison.gram;

import io.similitude.comparison.ComparisonJob;
import io.similitude.similarity.measure.Measures;
import io.similitude.store.ActivationReader;
import io.similitude.store.LayerFeatures;
import io.similitude.store.Unit;
import java.io.IOException;
import java.util.Set;

/**
 * The features of a unit that were kept, for measures to which Gram matrices are not enough; asked
 * for layer by layer, in order.
 */
final class KeptFeatures implements AutoCloseable {
  /** Null where there is nothing to read, or nobody who wants it. */
  private final ActivationReader reader;

  private LayerFeatures ahead;

  KeptFeatures(ComparisonJob job, Unit unit, Set<Integer> positions) throws IOException {
    boolean isWanted =
        job.measures().stream().anyMatch(measure -> Measures.of(measure).wantsFeatures());
    reader = isWanted && !positions.isEmpty() ? job.folder().activations(unit, positions) : null;
    ahead = next();
  }

  /** One row an example; null where they were not kept. */
  float[][] of(int position) throws IOException {
    while (ahead != null && ahead.position() < position) {
      ahead = next();
    }
    return ahead != null && ahead.position() == position ? ahead.rows() : null;
  }

  private LayerFeatures next() throws IOException {
    return reader == null ? null : reader.next();
  }

  @Override
  public void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }
}
