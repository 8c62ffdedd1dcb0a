package io.similitude.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.input.InputException;
import io.similitude.spec.Features;
import io.similitude.spec.LayersSpec;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class LayerSelectionTest {
  private static final List<Layer> LAYERS =
      List.of(
          layer(0, "conv1", "Conv2d"),
          layer(1, "block1.bn1", "BatchNorm2d"),
          layer(2, "block1.relu", "ReLU"),
          layer(3, "block1.relu#1", "ReLU"),
          layer(4, "block1", "Block"),
          layer(5, "fc", "Linear"));

  @Test
  void withoutAWordTheDefaultTypesAreChosen() {
    assertThat(names(LayersSpec.DEFAULT))
        .containsExactly("conv1", "block1.bn1", "block1.relu", "block1.relu#1", "fc");
  }

  @Test
  void ofATransformerEveryModuleIsChosen() {
    List<Layer> transformer =
        List.of(
            layer(0, "patches", "Conv2d"),
            layer(1, "block.norm", "LayerNorm"),
            layer(2, "block.mlp", "Linear"),
            layer(3, "block", "Block"),
            layer(4, "pool", "AdaptiveAvgPool2d"));

    assertThat(LayerSelection.choose(LayersSpec.DEFAULT, transformer)).isEqualTo(transformer);
    assertThat(
            LayerSelection.choose(
                spec(LayersSpec.DEFAULT_TYPES, List.of(), List.of()), transformer))
        .extracting(Layer::name)
        .containsExactly("patches", "block.mlp", "pool");
  }

  @Test
  void twoConvolutionsMakeAConvolutionalNetwork() {
    List<Layer> layers =
        List.of(layer(0, "a", "Conv2d"), layer(1, "b", "Conv2d"), layer(2, "c", "Block"));

    assertThat(LayerSelection.choose(LayersSpec.DEFAULT, layers)).isEqualTo(layers.subList(0, 2));
  }

  @Test
  void typesChooseAndGlobsExclude() {
    assertThat(names(spec(List.of("ReLU", "Linear"), List.of(), List.of("*#1"))))
        .containsExactly("block1.relu", "fc");
  }

  @Test
  void includedModulesCountWhateverTheirTypeAndAStarCrossesDots() {
    assertThat(names(spec(List.of("Linear"), List.of("block1"), List.of())))
        .containsExactly("block1");
    assertThat(names(spec(List.of(), List.of("*"), List.of("*.*"))))
        .containsExactly("conv1", "block1", "fc");
    assertThat(names(spec(List.of(), List.of("b*1"), List.of())))
        .containsExactly("block1.bn1", "block1.relu#1", "block1");
  }

  @Test
  void aFractionTakesTheFirstTheLastAndOthersAtEvenDistances() {
    assertThat(names(fraction(0.5))).containsExactly("conv1", "block1.relu#1", "fc");
    assertThat(names(fraction(0.34))).containsExactly("conv1", "fc");
    assertThat(names(fraction(0.01))).containsExactly("fc");
    assertThat(names(fraction(1))).hasSize(LAYERS.size());
  }

  @Test
  void noLayerAtAllIsTheSpecsMistake() {
    assertThatThrownBy(() -> names(spec(List.of("LSTM"), List.of(), List.of())))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Invalid layers: none of the network's 6 modules is chosen"
                + " (its types: [Conv2d, BatchNorm2d, ReLU, Block, Linear])");
  }

  private static List<String> names(LayersSpec spec) {
    return LayerSelection.choose(spec, LAYERS).stream().map(Layer::name).toList();
  }

  private static LayersSpec spec(List<String> types, List<String> include, List<String> exclude) {
    return new LayersSpec(types, include, exclude, OptionalDouble.empty(), Features.FULL);
  }

  private static LayersSpec fraction(double fraction) {
    return new LayersSpec(
        List.of(), List.of("*"), List.of(), OptionalDouble.of(fraction), Features.FULL);
  }

  @Test
  void poolingLeavesChannelsOrWhatTokensHave() {
    assertThat(
            new Layer(0, "conv", "Conv2d", List.of(16, 32, 32), FeatureAxis.FIRST).pooledFeatures())
        .isEqualTo(16);
    assertThat(new Layer(0, "block", "Block", List.of(17, 64), FeatureAxis.LAST).pooledFeatures())
        .isEqualTo(64);
    assertThat(new Layer(0, "fc", "Linear", List.of(10)).pooledFeatures()).isEqualTo(10);
  }

  private static Layer layer(int index, String name, String type) {
    return new Layer(index, name, type, List.of(4));
  }
}
