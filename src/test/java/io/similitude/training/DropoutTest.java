package io.similitude.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.checkpoint.script.ArchiveModule;
import io.similitude.checkpoint.script.ArchiveWriter;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.network.Network;
import io.similitude.network.TorchEngine;
import io.similitude.program.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dropout's factors: their share, and that no two draws are related. */
final class DropoutTest {
  private static final int EXAMPLES = 16;
  private static final ImageShape IMAGE = new ImageShape(8, 32, 32);
  private static final int VALUES = EXAMPLES * 8 * 32 * 32;
  private static final float KEPT = 1 / 0.7f;

  @TempDir Path folder;

  @BeforeAll
  static void configure() {
    TorchEngine.configure(1);
  }

  @Test
  void theShareIsDroppedAndTheRestIsScaled() throws IOException {
    float[] factors = factors("0.3, False, 7, 1");

    int dropped = 0;
    for (float factor : factors) {
      dropped += factor == 0 ? 1 : 0;
      assertThat(factor == 0 || Math.abs(factor - KEPT) < 1e-6).isTrue();
    }
    assertThat(dropped / (double) VALUES).isCloseTo(0.3, within(4 * Math.sqrt(0.3 * 0.7 / VALUES)));
    assertThat(factors("0.3, False, 7, 1")).isEqualTo(factors);
    assertThat(factors("1.0, False, 7, 1")).containsOnly(0);
  }

  /** Of another step, of the next pass, of another place, and shifted by a few values. */
  @Test
  void drawsAreNotRelated() throws IOException {
    float[] one = factors("0.5, False, 7, 1");

    for (String other : List.of("7, 2", "8, 1", "2000000000, 1", "6, 900")) {
      float[] another = factors("0.5, False, " + other);
      for (int shift : new int[] {0, 1, 2, 1024}) {
        assertUncorrelated(one, another, shift);
      }
    }
    for (int shift : new int[] {1, 2, 3, 32, 1024, 8192}) {
      assertUncorrelated(one, one, shift);
    }
  }

  @Test
  void wholeChannelsAreDropped() throws IOException {
    float[] factors = factors("0.5, True, 7, 1");

    assertThat(factors).hasSize(EXAMPLES * IMAGE.channels());
    assertThat(factors).contains(0).contains(2);
  }

  private static void assertUncorrelated(float[] one, float[] other, int shift) {
    double sum = 0;
    int count = one.length - shift;
    for (int i = 0; i < count; i++) {
      sum += (one[i] - 1) * (other[i + shift] - 1);
    }
    assertThat(sum / count).isCloseTo(0, within(4.5 / Math.sqrt(count)));
  }

  private float[] factors(String arguments) throws IOException {
    String source =
        """
        class Network(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          _is_full_backward_hook : Optional[bool]
          def forward(self: __torch__.Network,
            x: Tensor) -> List[Tensor]:
            return [torch.reshape(__torch__.similitude_dropout_factors(x, %s, ), [torch.size(x, 0), -1])]

        """
            .formatted(arguments);
    Path archive = folder.resolve("factors.pt");
    ArchiveWriter.write(
        archive,
        new ArchiveModule(
            Source.CLASS,
            source + Source.resource("functions.py") + "\n" + Source.resource("training.py"),
            List.of()));
    Examples examples =
        new Examples(
            LongStream.range(0, EXAMPLES).toArray(),
            IMAGE,
            new float[EXAMPLES * IMAGE.size()],
            Optional.empty());
    try (Network network = Network.load(archive, Optional.empty())) {
      float[][] rows = network.logits(examples);
      float[] all = new float[EXAMPLES * rows[0].length];
      for (int i = 0; i < rows.length; i++) {
        System.arraycopy(rows[i], 0, all, i * rows[0].length, rows[0].length);
      }
      return all;
    }
  }
}
