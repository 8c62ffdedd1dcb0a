package io.similitude.comparison.gram;

import io.similitude.comparison.ComparisonJob;
import io.similitude.similarity.measure.Measures;
import io.similitude.store.ActivationReader;
import io.similitude.store.LayerFeatures;
import io.similitude.store.Unit;
import java.io.IOException;
import java.util.Set;

/**
 * The features of a unit that were kept. They are for measures that need more than Gram matrices.
 * Ask for them layer by layer, in order.
 */
final class KeptFeatures implements AutoCloseable {
  /** Null if there is nothing to read, or no measure needs it. */
  private final ActivationReader reader;

  private LayerFeatures ahead;

  KeptFeatures(ComparisonJob job, Unit unit, Set<Integer> positions) throws IOException {
    boolean isWanted =
        job.measures().stream().anyMatch(measure -> Measures.of(measure).wantsFeatures());
    reader = isWanted && !positions.isEmpty() ? job.folder().activations(unit, positions) : null;
    ahead = next();
  }

  /** One row for each example; null if they were not kept. */
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
