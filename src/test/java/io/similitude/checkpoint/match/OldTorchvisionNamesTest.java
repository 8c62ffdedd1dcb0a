package io.similitude.checkpoint.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.dataset.image.ImageShape;
import io.similitude.program.architecture.Architectures;
import io.similitude.spec.NetworkSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Weights that torchvision saved before it renamed parts of its networks. */
final class OldTorchvisionNamesTest {
  @ParameterizedTest
  @CsvSource({
    "vit-b-16, encoder.layers.encoder_layer_3.mlp., mlp.0., mlp.linear_1.",
    "vit-b-16, encoder.layers.encoder_layer_3.mlp., mlp.3., mlp.linear_2.",
    "densenet-121, features.denseblock1.denselayer2., norm1., norm.1.",
    "densenet-121, features.denseblock1.denselayer2., norm2., norm.2.",
    "densenet-121, features.denseblock1.denselayer2., conv1., conv.1.",
    "densenet-121, features.denseblock1.denselayer2., conv2., conv.2."
  })
  void areThoseOfToday(String architecture, String module, String now, String before) {
    List<ExpectedTensor> expected =
        network(architecture).stream().filter(it -> it.name().startsWith(module)).toList();
    Map<String, Tensor> saved = new LinkedHashMap<>();
    for (int i = 0; i < expected.size(); i++) {
      saved.put(expected.get(i).name().replace(now, before), filled(i, expected.get(i).shape()));
    }
    assertThat(saved.keySet()).anySatisfy(name -> assertThat(name).contains(before));

    StateDict read = WeightMatch.require("c", "f", new StateDict(saved), expected);

    assertThat(read.names())
        .containsExactlyElementsOf(expected.stream().map(ExpectedTensor::name).toList());
    for (int i = 0; i < expected.size(); i++) {
      Tensor tensor = read.get(expected.get(i).name()).orElseThrow();
      assertThat(tensor.toFloats()).containsOnly(i);
    }
  }

  private static List<ExpectedTensor> network(String architecture) {
    NetworkSpec.BuiltIn network = new NetworkSpec.BuiltIn("n", architecture, Map.of("classes", 10));
    return Architectures.program(network, new ImageShape(3, 224, 224)).weights();
  }

  private static Tensor filled(float value, long... shape) {
    float[] values = new float[Math.toIntExact(Tensor.elementsOf(shape))];
    Arrays.fill(values, value);
    return Tensor.of(values, shape);
  }
}
