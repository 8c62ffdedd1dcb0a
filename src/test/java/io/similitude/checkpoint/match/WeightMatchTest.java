package io.similitude.checkpoint.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.checkpoint.format.CheckpointReader;
import io.similitude.checkpoint.format.Fixtures;
import io.similitude.checkpoint.format.WeightsFile;
import io.similitude.checkpoint.tensor.DType;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.input.InputException;
import io.similitude.spec.WeightChoice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WeightMatchTest {
  private static final String HINT =
      " (is it a checkpoint of this architecture, depth, width and number of classes?";

  private static final String EXPORT =
      HINT
          + " any other network can be exported: torch.jit.trace(model.eval(),"
          + " images).save(\"network.pt\"), then torchscript: network.pt)";

  @Test
  void givesTheExpectedTensorsInTheNetworksOrder() {
    StateDict weights = dict(Map.entry("b", zeros(2)), Map.entry("a", zeros(1, 3)));

    StateDict fitted =
        require(weights, ExpectedTensor.required("a", 1, 3), ExpectedTensor.required("b", 2));

    assertThat(fitted.names()).containsExactly("a", "b");
  }

  @Test
  void givesFloat32WhateverTheCheckpointHolds() {
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort(0, (short) 0x3c00).putShort(2, (short) 0xc000);
    StateDict weights = dict(Map.entry("a", new Tensor(DType.FLOAT16, new long[] {2}, bytes)));

    Tensor fitted = require(weights, ExpectedTensor.required("a", 2)).get("a").orElseThrow();

    assertThat(fitted.dtype()).isEqualTo(DType.FLOAT32);
    assertThat(fitted.shape()).containsExactly(2);
    assertThat(fitted.toFloats()).containsExactly(1, -2);
  }

  @Test
  void lacksWhatIsOptionalAndIgnoresCounters() {
    StateDict weights =
        dict(
            Map.entry("a", zeros(1)),
            Map.entry("bn1.num_batches_tracked", Tensor.ofLongs(new long[] {5})));

    StateDict fitted =
        require(
            weights,
            ExpectedTensor.required("a", 1),
            new ExpectedTensor("scale", new long[] {1}, true),
            ExpectedTensor.required("bn2.num_batches_tracked"));

    assertThat(fitted.names()).containsExactly("a");
  }

  @Test
  void constantsThatACheckpointHasTooMustBeTheSame() {
    List<ExpectedTensor> expected =
        NormalizationBuffers.expected(new float[] {0.5f, 0.4914f}, new float[] {1, 0.2471f});
    Tensor mean = Tensor.of(new float[] {0.5f, 0.4914f}, 1, 2, 1, 1);
    Tensor deviation = Tensor.of(new float[] {1, 0.2471f}, 2, 1, 1);
    Tensor other = Tensor.of(new float[] {1, 0.2470f}, 1, 2, 1, 1);
    ByteBuffer rounded = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    rounded.putShort(0, (short) 0x3f00).putShort(2, (short) 0x3efb);
    Tensor half = new Tensor(DType.BFLOAT16, new long[] {2}, rounded);

    assertThat(WeightMatch.require("c", "f", dict(), expected).names()).isEmpty();
    assertThat(
            WeightMatch.require(
                    "c",
                    "f",
                    dict(Map.entry("module.mu", mean), Map.entry("module.sigma", deviation)),
                    expected)
                .names())
        .containsExactly("mu", "sigma");
    assertThat(
            WeightMatch.require("c", "f", dict(Map.entry("normalize.mean", half)), expected)
                .names())
        .containsExactly("normalize.mean");
    assertThatThrownBy(
            () ->
                WeightMatch.require(
                    "c", "f.pth", dict(Map.entry("mu", mean), Map.entry("sigma", other)), expected))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot load checkpoint c from f.pth: buffer sigma is [1.0, 0.247] there, the network's"
                + " normalize says [1.0, 0.2471]"
                + HINT
                + ")");
    assertThatThrownBy(
            () ->
                WeightMatch.require(
                    "c", "f", dict(Map.entry("std", Tensor.of(new float[] {1}, 1))), expected))
        .hasMessageContaining("buffer std is [1.0] there");
  }

  @Test
  void aCheckpointThatNormalisesForANetworkThatDoesNotIsNamedWithTheWayOut() {
    StateDict weights =
        dict(
            Map.entry("a", zeros(1)),
            Map.entry("mu", Tensor.of(new float[] {0.5f, 0.25f}, 1, 2, 1, 1)),
            Map.entry("sigma", Tensor.of(new float[] {1, 2}, 1, 2, 1, 1)));

    assertThatThrownBy(() -> require(weights, ExpectedTensor.required("a", 1)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot load checkpoint robust from robust.pth.tar: it normalises its input: give the"
                + " network normalize: {mean: [0.5, 0.25], std: [1.0, 2.0]}");
  }

  @Test
  void looksThroughWrappers() {
    StateDict weights = dict(Map.entry("module.model.a", zeros(1)));

    assertThat(require(weights, ExpectedTensor.required("a", 1)).names()).containsExactly("a");
    assertThatThrownBy(() -> require(weights, ExpectedTensor.required("a", 2)))
        .hasMessageContaining(": parameter a is [1] there, the network wants [2] (");
  }

  @Test
  void namesAMisshapenParameter() {
    StateDict weights = dict(Map.entry("block1.0.conv1.weight", zeros(16, 16, 3, 3)));

    assertThatThrownBy(
            () -> require(weights, ExpectedTensor.required("block1.0.conv1.weight", 32, 16, 3, 3)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot load checkpoint robust from robust.pth.tar: parameter block1.0.conv1.weight is"
                + " [16, 16, 3, 3] there, the network wants [32, 16, 3, 3]"
                + EXPORT);
  }

  @Test
  void namesEveryKindOfMismatchAtOnce() {
    StateDict weights =
        dict(
            Map.entry("a", zeros(2)),
            Map.entry("b", zeros(3)),
            Map.entry("head.weight", zeros(10, 64)));

    assertThatThrownBy(
            () ->
                require(
                    weights,
                    ExpectedTensor.required("a", 1),
                    ExpectedTensor.required("b"),
                    ExpectedTensor.required("fc.weight", 10, 64),
                    ExpectedTensor.required("fc.bias", 10)))
        .hasMessage(
            "Cannot load checkpoint robust from robust.pth.tar: parameter a is [2] there, the"
                + " network wants [1]; parameter b is [3] there, the network wants []; missing"
                + " there: fc.weight [10, 64], fc.bias [10]; unexpected there: head.weight [10, 64]"
                + EXPORT);
  }

  @Test
  void countsWhatItDoesNotName() {
    List<ExpectedTensor> expected = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      expected.add(ExpectedTensor.required("p" + i, i));
    }

    assertThatThrownBy(() -> WeightMatch.require("robust", "robust.pth.tar", dict(), expected))
        .hasMessage(
            "Cannot load checkpoint robust from robust.pth.tar: missing there: p0 [0], p1 [1], p2"
                + " [2], p3 [3], p4 [4] and 3 more"
                + EXPORT);
  }

  @Test
  void fitsARealCheckpointToItself() {
    StateDict weights = CheckpointReader.read(Fixtures.weights("twist_checkpoint.pth.tar"));
    List<ExpectedTensor> expected =
        weights.names().stream()
            .map(name -> new ExpectedTensor(name, weights.get(name).orElseThrow().shape(), false))
            .toList();

    StateDict fitted = WeightMatch.require("twist", "twist.pth.tar", weights, expected);

    assertThat(fitted.names()).containsExactlyElementsOf(weights.names());
    assertThat(fitted.firstNonFinite()).isEmpty();
  }

  @Test
  void readsWhatLiesUnderAKey() {
    WeightsFile training = Fixtures.weights("training.pth");
    StateDict all = CheckpointReader.read(training);
    List<ExpectedTensor> network =
        List.of(
            ExpectedTensor.required(
                "weight", all.get("state_dict.module.weight").orElseThrow().shape()),
            ExpectedTensor.required(
                "bias", all.get("state_dict.module.bias").orElseThrow().shape()));

    WeightsFile chosen = training.with(WeightChoice.ofKey("state_dict"));
    assertThat(WeightMatch.require("c", chosen, network).names()).containsExactly("weight", "bias");
    WeightsFile wrong = training.with(WeightChoice.ofKey("ema"));
    assertThatThrownBy(() -> WeightMatch.require("c", wrong, network))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot read checkpoint training.pth: it holds no weights under key ema"
                + " (but under the top, state_dict)");
  }

  private static StateDict require(StateDict weights, ExpectedTensor... expected) {
    return WeightMatch.require("robust", "robust.pth.tar", weights, List.of(expected));
  }

  @SafeVarargs
  private static StateDict dict(Map.Entry<String, Tensor>... entries) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> entry : entries) {
      tensors.put(entry.getKey(), entry.getValue());
    }
    return new StateDict(tensors);
  }

  private static Tensor zeros(long... shape) {
    return Tensor.of(new float[(int) Tensor.elementsOf(shape)], shape);
  }
}
