package io.similitude.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.dataset.Examples;
import io.similitude.dataset.image.ImageShape;
import io.similitude.network.TorchEngine;
import io.similitude.network.TrainableNetwork;
import io.similitude.program.TrainingProgram;
import io.similitude.program.architecture.Architectures;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.Normalization;
import io.similitude.spec.TrainingMethod;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every built-in network learns. */
final class EveryNetworkTrainsTest {
  private static final ImageShape IMAGE = new ImageShape(3, 32, 32);
  private static final int EXAMPLES = 6;

  @BeforeAll
  static void configure() {
    TorchEngine.configure(1);
  }

  static Stream<NetworkSpec.BuiltIn> networks() {
    return Architectures.parameters().entrySet().stream()
        .map(it -> network(it.getKey(), it.getValue()));
  }

  private static NetworkSpec.BuiltIn network(String name, Set<String> known) {
    Map<String, Object> small =
        name.startsWith("vit-")
            ? Map.of("patch", 8, "depth", 2, "heads", 2, "width", 8, "classes", 10, "hidden", 16)
            : Map.of(
                "depth", name.contains("wide") ? 10 : 20, "width", 2, "classes", 10, "hidden", 8);
    Map<String, Object> parameters = new LinkedHashMap<>(small);
    parameters.keySet().retainAll(known);
    return new NetworkSpec.BuiltIn(name, name, parameters, Normalization.NONE);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void learns(NetworkSpec.BuiltIn network) throws IOException {
    TrainingProgram program = Architectures.program(network, IMAGE).training();
    StateDict drawn = InitialWeights.draw(program, Architectures.initialization(network), 3);
    TrainingState before = TrainingState.of(program, drawn);
    Examples batch = batch();

    for (TrainingMethod method :
        new TrainingMethod[] {TrainingMethod.PGD_AT, TrainingMethod.TRADES}) {
      try (Trainer trainer = Trainer.load(program, Recipes.of(method), before, Optional.empty())) {
        Optional<float[]> start = new AttackStart(Recipes.of(method)).draw(batch, 0, 0);
        // The head of a ViT starts with zeros, so that its first step moves nothing else.
        trainer.step(batch, start, 0.05, 0);
        TrainableNetwork.Step step = trainer.step(batch, start, 0.05, 0);
        TrainingState after = trainer.state();

        assertThat(step.loss()).isFinite().isPositive();
        assertThat(step.right()).isBetween(0, EXAMPLES);
        assertThat(after.weights().firstNonFinite()).isEmpty();
        for (ExpectedTensor tensor : program.tensors()) {
          assertThat(values(after.weights(), tensor))
              .as(tensor.name())
              .isNotEqualTo(values(before.weights(), tensor));
        }
        for (ExpectedTensor parameter : program.parameters()) {
          assertThat(values(after.momenta(), parameter))
              .as(parameter.name())
              .isNotEqualTo(values(before.momenta(), parameter));
        }
      }
    }
  }

  private static float[] values(StateDict state, ExpectedTensor tensor) {
    return state.get(tensor.name()).orElseThrow().toFloats();
  }

  private static Examples batch() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    float[] pixels = new float[EXAMPLES * IMAGE.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextFloat();
    }
    return new Examples(
        new long[] {0, 1, 2, 3, 4, 5}, IMAGE, pixels, Optional.of(new int[] {0, 1, 2, 3, 4, 5}));
  }
}
