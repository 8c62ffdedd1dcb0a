package io.similitude.checkpoint.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.checkpoint.tensor.DType;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.input.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tensors are taken for a network's weights, by their names and shapes. */
final class WeightSearchTest {
  private static final List<ExpectedTensor> NETWORK =
      List.of(
          ExpectedTensor.required("conv1.weight", 4),
          ExpectedTensor.required("layer1.0.bn.weight", 2),
          ExpectedTensor.required("layer1.0.bn.running_mean", 2),
          ExpectedTensor.required("layer1.0.bn.num_batches_tracked"),
          new ExpectedTensor("offset", new long[] {3}, true));

  private final Map<String, Tensor> file = new LinkedHashMap<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "module.",
        "_orig_mod.",
        "model.",
        "module.model.",
        "_orig_mod.module.",
        "net.",
        "backbone.",
        "encoder_q.",
        "online_model.",
        "1.",
        "state_dict.0.a.b.c.d.e.f.g.h.",
      })
  void takesWhateverStandsBeforeTheNames(String prefix) {
    put(prefix, 1);

    assertThat(taken()).isEqualTo(1);
  }

  @Test
  void takesWeightsThroughWrappersInside() {
    file.put("layer1._orig_mod.0.bn.weight", values(2, 1));
    file.put("layer1._orig_mod.0.bn.running_mean", values(2, 1));
    file.put("conv1.module.weight", values(4, 1));

    assertThat(taken()).isEqualTo(1);
  }

  @Test
  void takesAveragesWhoseNamesHaveNoDots() {
    for (ExpectedTensor wanted : NETWORK.subList(0, 3)) {
      file.put("ema.shadow." + wanted.name().replace(".", ""), values(elements(wanted), 1));
    }

    assertThat(taken()).isEqualTo(1);
  }

  @Test
  void takesAveragesWhoseNamesHaveUnderscores() {
    for (ExpectedTensor wanted : NETWORK.subList(0, 3)) {
      file.put(wanted.name().replace('.', '_'), values(elements(wanted), 1));
    }

    assertThat(taken()).isEqualTo(1);
  }

  @Test
  void asksWhichOfTwoSetsThatDiffer() {
    put("model.", 1);
    put("model_ema.", 2);

    assertThatThrownBy(this::taken)
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot load checkpoint c from f: 2 sets of weights in it fit the network and differ:"
                + " under model, under model_ema (choose one: prefix: model., or prefix:"
                + " model_ema.)");
  }

  @Test
  void asksWhetherTheTopOrWhatLiesBelowIsMeant() {
    put("", 1);
    put("ema.", 2);

    assertThatThrownBy(this::taken)
        .hasMessageContaining("at the top, under ema (choose one: ignore: [ema], or prefix: ema.");
  }

  @Test
  void asksAboutAveragesWithoutDotsToo() {
    put("model.", 1);
    for (ExpectedTensor wanted : NETWORK.subList(0, 3)) {
      file.put("model_ema." + wanted.name().replace(".", ""), values(elements(wanted), 2));
    }

    assertThatThrownBy(this::taken).hasMessageContaining("under model, under model_ema");
  }

  @Test
  void takesOneOfTwoSetsThatAreTheSame() {
    put("module.model.", 1);
    put("module.attacker.model.", 1);

    assertThat(taken()).isEqualTo(1);
  }

  @Test
  void takesTheSetThatFitsBesideOneThatDoesNot() {
    put("G.", 1);
    file.put("D.conv1.weight", values(4, 2));
    file.put("E.conv1.weight", values(5, 2));
    file.put("E.layer1.0.bn.weight", values(2, 2));
    file.put("E.layer1.0.bn.running_mean", values(2, 2));

    assertThat(taken()).isEqualTo(1);
  }

  @Test
  void leavesOutWhatIsNoPartOfTheNetwork() {
    put("", 1);
    file.put("n_averaged", values(1, 7));
    file.put("criterion.weight", values(10, 7));
    file.put("optimizer.state.0.exp_avg", values(4, 7));

    assertThat(taken()).isEqualTo(1);
  }

  @Test
  void refusesTheWeightsOfADeeperNetwork() {
    put("", 1);
    file.put("layer1.1.bn.weight", values(2, 1));
    file.put("conv2.weight", values(4, 1));

    assertThatThrownBy(this::taken)
        .hasMessageContaining(": unexpected there: layer1.1.bn.weight [2], conv2.weight [4] (")
        .hasMessageContaining("if the network does not need them, leave them out with ignore:");
  }

  @Test
  void refusesANormalisationThatTheNetworkDoesNotHave() {
    put("1.", 1);
    file.put("0.mean", values(3, 0.5f));
    file.put("0.std", values(3, 0.25f));

    assertThatThrownBy(this::taken)
        .hasMessageContaining(
            "it normalises its input: give the network normalize: {mean: [0.5, 0.5, 0.5], std:"
                + " [0.25, 0.25, 0.25]}");
  }

  @Test
  void aNormalisationThatChangesNothingIsLeftOut() {
    put("module.model.", 1);
    file.put("module.normalizer.new_mean", values(3, 0));
    file.put("module.normalizer.new_std", values(3, 1));

    assertThat(taken()).isEqualTo(1);
  }

  @Test
  void saysWhatParametrisedWeightsNeed() {
    file.put("conv1.weight_g", values(4, 1));
    file.put("conv1.weight_v", values(4, 1));

    assertThatThrownBy(this::taken).hasMessageContaining("its weights are parametrised (weight_no");
  }

  @Test
  void refusesWholeNumbersOfEightBitsForWeights() {
    put("", 1);
    file.put(
        "conv1.weight", new Tensor(DType.INT8, new long[] {4}, java.nio.ByteBuffer.allocate(4)));

    assertThatThrownBy(this::taken)
        .hasMessageContaining(
            "parameter conv1.weight has whole numbers of 8 bits, is quantised (s");
  }

  @Test
  void saysThatAFrozenNetworkTakesNoWeights() {
    put("", 1);

    assertThatThrownBy(() -> WeightMatch.require("c", "f", new StateDict(file), List.of()))
        .hasMessageContaining("the network is frozen, its weights are constants of its program");
  }

  /** Many names, each of which could belong to many sets. */
  @Test
  void staysFastWithManyTensors() {
    List<ExpectedTensor> many = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      many.add(ExpectedTensor.required("a.a.a" + i, 1));
      for (int k = 0; k < 150; k++) {
        file.put("a." + k + ".a.a.a" + i, values(1, k));
      }
    }

    long start = System.nanoTime();
    assertThatThrownBy(() -> WeightMatch.require("c", "f", new StateDict(file), many))
        .hasMessageContaining("150 sets of weights in it fit the network")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000));
    assertThat(System.nanoTime() - start).isLessThan(30_000_000_000L);
  }

  private void put(String prefix, float value) {
    for (ExpectedTensor wanted : NETWORK.subList(0, 3)) {
      file.put(prefix + wanted.name(), values(elements(wanted), value));
    }
    file.put(prefix + "layer1.0.bn.num_batches_tracked", Tensor.ofLongs(new long[] {5}));
  }

  /** The value of all weights that are taken. */
  private float taken() {
    StateDict weights = WeightMatch.require("c", "f", new StateDict(file), NETWORK);
    assertThat(weights.names())
        .contains("conv1.weight", "layer1.0.bn.weight", "layer1.0.bn.running_mean");
    float value = weights.get("conv1.weight").orElseThrow().toFloats()[0];
    for (ExpectedTensor wanted : NETWORK.subList(0, 3)) {
      assertThat(weights.get(wanted.name()).orElseThrow().toFloats()).containsOnly(value);
    }
    return value;
  }

  private static int elements(ExpectedTensor wanted) {
    return Math.toIntExact(wanted.elements());
  }

  private static Tensor values(int count, float value) {
    float[] values = new float[count];
    java.util.Arrays.fill(values, value);
    return Tensor.of(values, count);
  }
}
