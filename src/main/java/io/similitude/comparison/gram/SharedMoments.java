package io.similitude.comparison.gram;

import io.similitude.similarity.gram.CubicInvariants;
import io.similitude.spec.measure.MeasureSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The cubic invariants of kernel matrices that the parts of one process need. A site belongs to
 * many parts, and its invariants for a kernel cost as much as a product of two n x n matrices. The
 * invariants of linear kernels are stored with the Gram matrices.
 */
final class SharedMoments {
  /** About 40 MB. The ones that were not used for the longest time are made again. */
  private static final int MOST = 1 << 18;

  private static final Map<Key, CubicInvariants> KEPT = new LinkedHashMap<>(16, 0.75f, true);

  private SharedMoments() {}

  private record Key(StoredGram gram, MeasureSpec measure) {}

  /**
   * The kept invariants of a measure's kernel matrix. If there are none, they are made and kept.
   *
   * @param gram from which the kernel matrix is made
   */
  static CubicInvariants of(StoredGram gram, MeasureSpec measure, Supplier<CubicInvariants> made) {
    Key key = new Key(gram, measure);
    synchronized (KEPT) {
      CubicInvariants kept = KEPT.get(key);
      if (kept != null) {
        return kept;
      }
    }
    CubicInvariants invariants = made.get();
    synchronized (KEPT) {
      KEPT.put(key, invariants);
      if (KEPT.size() > MOST) {
        KEPT.remove(KEPT.keySet().iterator().next());
      }
    }
    return invariants;
  }
}
