package io.similitude.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.dataset.image.ImageShape;
import io.similitude.program.Taps;
import io.similitude.program.architecture.Architectures;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.Normalization;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NetworkLoaderTest {
  /** The source of a network does not say how many classes it has; its weights' shapes do. */
  @Test
  void networksOfOneFileAndOtherShapesAreNotTakenForEachOther() {
    assertThat(key(10)).isNotEqualTo(key(100)).isEqualTo(key(10));
  }

  private static String key(int classes) {
    NetworkSpec.BuiltIn network =
        new NetworkSpec.BuiltIn(
            "n",
            "wide-resnet",
            Map.of("depth", 10, "width", 1, "classes", classes),
            Normalization.NONE);
    return NetworkLoader.key(
        "weights",
        Architectures.program(network, new ImageShape(3, 32, 32)),
        Taps.NONE,
        Optional.empty());
  }
}
