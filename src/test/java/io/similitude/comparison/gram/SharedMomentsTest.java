package io.similitude.comparison.gram;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.similarity.gram.CubicInvariants;
import io.similitude.spec.measure.Kernel;
import io.similitude.spec.measure.Measure;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.spec.measure.Setting;
import io.similitude.store.row.UnitKey;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SharedMomentsTest {
  private static final MeasureSpec RBF = rbf(0.5);

  private final AtomicInteger made = new AtomicInteger();

  @Test
  void theyAreMadeOnce() {
    StoredGram gram = gram("theyAreMadeOnce", "0123456789abcdef", 0);
    CubicInvariants first = SharedMoments.of(gram, RBF, this::next);
    assertThat(SharedMoments.of(gram, rbf(0.5), this::next)).isSameAs(first);
    assertThat(made).hasValue(1);
  }

  @Test
  void anotherMatrixOrKernelHasItsOwn() {
    StoredGram gram = gram("anotherMatrixOrKernelHasItsOwn", "0123456789abcdef", 0);
    CubicInvariants first = SharedMoments.of(gram, RBF, this::next);
    assertThat(SharedMoments.of(gram, rbf(0.25), this::next)).isNotEqualTo(first);
    for (StoredGram other :
        new StoredGram[] {
          gram("anotherMatrixOrKernelHasItsOwn", "0123456789abcdef", 1),
          gram("anotherMatrixOrKernelHasItsOwn", "fedcba9876543210", 0),
          gram("another", "0123456789abcdef", 0)
        }) {
      assertThat(SharedMoments.of(other, RBF, this::next)).isNotEqualTo(first);
    }
    assertThat(made).hasValue(5);
  }

  private CubicInvariants next() {
    return new CubicInvariants(4, made.incrementAndGet(), 0);
  }

  private static StoredGram gram(String checkpoint, String digest, int position) {
    return new StoredGram(new UnitKey(checkpoint, "benign", 0), digest, position);
  }

  private static MeasureSpec rbf(double bandwidth) {
    return MeasureSpec.of(
        Measure.CKA, Map.of(Setting.KERNEL, Kernel.RBF, Setting.BANDWIDTH, bandwidth));
  }
}
