package io.similitude.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.similitude.dataset.Examples;
import io.similitude.network.Network;
import io.similitude.network.TestGraphs;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PGD through networks of torch.export and through the same networks as TorchScript. */
final class ExportedPgdTest {
  /** A gradient near 0 may have either sign: then a pixel goes the other way by one step. */
  private static final double OTHER_WAY = 0.01;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"vit, free", "convnext, free", "swin, free", "swin, four", "shufflenet, free"})
  void pgdIsThatOfTorchScript(String pair, String export) throws Exception {
    Examples batch = TestGraphs.examples(pair);
    float[] script = perturbed(pair, "traced.pt", batch);
    float[] graph = perturbed(pair, export + ".pt2", batch);

    int other = 0;
    for (int i = 0; i < script.length; i++) {
      other += Math.abs(script[i] - graph[i]) > 1e-5f ? 1 : 0;
    }
    assertThat((double) other / script.length).isLessThan(OTHER_WAY);
    assertThat(graph).isNotEqualTo(batch.pixels());
    assertThat(graph).containsExactly(batch.pixels(), within(8 / 255f + 1e-6f));
  }

  private float[] perturbed(String pair, String file, Examples batch) throws Exception {
    Path path = TestGraphs.PAIRS.resolve(pair).resolve(file);
    try (Network network = TestGraphs.load(path, batch, folder)) {
      return Trial.perturb(
              network, batch, "pgd-linf", "epsilon", 8.0 / 255, "step-size", 2.0 / 255, "steps", 5)
          .pixels();
    }
  }
}
