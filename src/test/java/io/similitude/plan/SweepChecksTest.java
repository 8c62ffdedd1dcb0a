package io.similitude.plan;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.dataset.image.ImageShape;
import io.similitude.input.InputException;
import io.similitude.spec.reader.Specs;
import org.junit.jupiter.api.Test;

final class SweepChecksTest {
  private static final ImageShape IMAGE = new ImageShape(3, 32, 32);
  private static final String WRONG =
      "{architecture: wide-resnet, depth: 11, width: 1, classes: 10}";
  private static final String RIGHT =
      "{architecture: wide-resnet, depth: 10, width: 1, classes: 10}";

  @Test
  void onlyNetworksThatCheckpointsUseAreLookedAt() {
    assertThatNoException()
        .isThrownBy(() -> check("networks.net=" + RIGHT, "networks.unused=" + WRONG));
    assertThatThrownBy(() -> check("networks.net=" + WRONG, "networks.unused=" + RIGHT))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("Invalid depth of network net: 11 ");
  }

  private static void check(String... overrides) {
    SweepChecks checks = new SweepChecks(Specs.read(Specs.MINIMAL, overrides));
    checks.networks(IMAGE);
    SweepChecks.refuse(checks.problems());
  }
}
