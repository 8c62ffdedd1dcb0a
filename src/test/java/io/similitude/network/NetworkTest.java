package io.similitude.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import io.similitude.checkpoint.script.ArchiveModule;
import io.similitude.checkpoint.script.ArchiveWriter;
import io.similitude.dataset.Examples;
import io.similitude.program.Taps;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NetworkTest {
  private static final Examples SIX = TestNetwork.examples();
  private static final int IMAGE_SIZE = TestNetwork.IMAGE.size();

  @TempDir Path folder;
  private Network network;

  @BeforeEach
  void load() throws Exception {
    network = TestNetwork.load(Taps.NONE, folder);
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void aGradientLeavesTheNetworkAsItWas() {
    float[][] before = network.logits(TestNetwork.examples(5));

    assertThat(network.inputGradient(SIX, NetworkTest::crossEntropy).logits())
        .isDeepEqualTo(network.logits(SIX));
    network.inputGradient(SIX, logits -> logits);

    // To the bit: new weights, or new statistics of batch norm, would show.
    assertThat(network.logits(TestNetwork.examples(5))).isDeepEqualTo(before);
  }

  @Test
  void noGradientOfTheWeightsIsMade() {
    network.inputGradient(SIX, NetworkTest::crossEntropy);

    assertThat(network.block().getParameters().values())
        .isNotEmpty()
        .extracting(Parameter::getArray)
        .noneMatch(weights -> JniUtils.requiresGrad((PtNDArray) weights));
  }

  @Test
  void theThreadRecordsNoGraphAfterwards() {
    boolean before = JniUtils.isGradMode();
    try {
      JniUtils.setGradMode(false);
      network.inputGradient(SIX, NetworkTest::crossEntropy);

      assertThat(JniUtils.isGradMode()).isFalse();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  @Test
  void threadsAtOnceGetWhatOneGets() throws Exception {
    List<Examples> inputs = List.of(SIX, TestNetwork.examples(3), TestNetwork.examples(7));
    List<float[]> alone = new ArrayList<>();
    for (Examples input : inputs) {
      alone.add(network.inputGradient(input, NetworkTest::shifted).pixels());
    }
    ExecutorService threads = Executors.newFixedThreadPool(inputs.size());
    try {
      List<Callable<float[]>> work = new ArrayList<>();
      for (int i = 0; i < 8 * inputs.size(); i++) {
        Examples input = inputs.get(i % inputs.size());
        work.add(() -> network.inputGradient(input, NetworkTest::shifted).pixels());
      }
      List<Future<float[]>> together = threads.invokeAll(work);
      for (int i = 0; i < together.size(); i++) {
        assertThat(together.get(i).get()).isEqualTo(alone.get(i % inputs.size()));
      }
    } finally {
      threads.shutdown();
    }
  }

  /** DJL holds this lock of the whole process while a network makes its first pass. */
  @Test
  @SuppressWarnings("LockOnNonEnclosingClassLiteral") // It is the lock in question.
  void aFirstPassDoesNotWaitForThatOfAnotherNetwork() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      synchronized (PtSymbolBlock.class) {
        assertThat(thread.submit(() -> network.logits(SIX)).get(1, TimeUnit.MINUTES))
            .hasDimensions(6, network.logits(SIX)[0].length);
      }
    } finally {
      thread.shutdown();
    }
  }

  @Test
  void aProgramThatViewsItsValuesAsOneIsShownThemTogether() throws Exception {
    String source =
        """
        class Network(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          _is_full_backward_hook : Optional[bool]
          def forward(self: __torch__.Network,
            x: Tensor) -> List[Tensor]:
            squares = torch.mul(x, x)
            return [torch.view(squares, [torch.size(x, 0), -1])]
        """;
    Path archive = folder.resolve("views.pt");
    ArchiveWriter.write(archive, new ArchiveModule("Network", source, List.of()));

    try (Network views = Network.load(archive, Optional.empty())) {
      for (int pass = 0; pass < 2; pass++) {
        InputGradient seen = views.inputGradient(SIX, NetworkTest::allOnes);

        for (int i = 0; i < SIX.pixels().length; i++) {
          float pixel = SIX.pixels()[i];
          assertThat(seen.logits()[i / IMAGE_SIZE][i % IMAGE_SIZE]).isEqualTo(pixel * pixel);
          assertThat(seen.pixels()[i]).isEqualTo(2 * pixel);
        }
      }
    }
  }

  /** The gradient of the cross-entropy against the examples' labels: softmax less one-hot. */
  private static float[][] crossEntropy(float[][] logits) {
    float[][] gradient = new float[logits.length][];
    for (int i = 0; i < logits.length; i++) {
      gradient[i] = logits[i].clone();
      double sum = 0;
      for (float logit : logits[i]) {
        sum += Math.exp(logit);
      }
      for (int c = 0; c < gradient[i].length; c++) {
        gradient[i][c] = (float) (Math.exp(logits[i][c]) / sum);
      }
      gradient[i][SIX.labels().orElseThrow()[i]] -= 1;
    }
    return gradient;
  }

  private static float[][] allOnes(float[][] logits) {
    float[][] ones = new float[logits.length][logits[0].length];
    Arrays.stream(ones).forEach(row -> Arrays.fill(row, 1));
    return ones;
  }

  /** A gradient that differs from example to example. */
  private static float[][] shifted(float[][] logits) {
    float[][] gradient = new float[logits.length][logits[0].length];
    for (int i = 0; i < logits.length; i++) {
      gradient[i][i % gradient[i].length] = 1;
    }
    return gradient;
  }
}
