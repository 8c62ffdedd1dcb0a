package io.similitude.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.input.InputException;
import io.similitude.spec.Features;
import io.similitude.spec.LayersSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class FeatureAxesTest {
  private final List<Layer> layers = new ArrayList<>();

  @Test
  void modulesThatSayWhereTheirFeaturesLieDecide() {
    add("Conv1d", 6, 6);
    add("Linear", 6, 6);
    add("BatchNorm1d", 6, 6);
    add("LayerNorm", 6, 6);
    add("LayerNorm2d", 6, 6, 6);
    add("RMSNorm", 6, 6);
    add("SamePadConv2d", 6, 6, 6);

    assertThat(told())
        .containsExactly(
            FeatureAxis.FIRST,
            FeatureAxis.LAST,
            FeatureAxis.FIRST,
            FeatureAxis.LAST,
            FeatureAxis.FIRST,
            FeatureAxis.LAST,
            FeatureAxis.FIRST);
  }

  @Test
  void othersInheritFromTheCallBeforeThem() {
    add("Conv2d", 8, 4, 4);
    add("ReLU", 8, 4, 4);
    add("Upsample", 8, 16, 16);
    add("Concatenation", 24, 16, 16);
    add("PatchTokens", 256, 24);
    add("Dropout", 256, 24);
    add("Permute", 24, 256);
    add("Block", 24, 256);

    assertThat(told())
        .containsExactly(
            FeatureAxis.FIRST,
            FeatureAxis.FIRST,
            FeatureAxis.FIRST,
            FeatureAxis.FIRST,
            FeatureAxis.LAST,
            FeatureAxis.LAST,
            FeatureAxis.FIRST,
            FeatureAxis.FIRST);
  }

  @Test
  void theFirstLayerInheritsFromTheImages() {
    add("Normalize", 3, 8, 8);
    add("ChannelsLast", 8, 8, 3);

    assertThat(told()).containsExactly(FeatureAxis.FIRST, FeatureAxis.LAST);
  }

  @Test
  void afterALayerWithoutPlacesTheLastOneOfTheSameSizesDecides() {
    add("BatchNorm2d", 4, 4, 4);
    add("Linear", 4);
    add("SqueezeExcitation", 4, 4, 4);

    assertThat(told()).endsWith(FeatureAxis.FIRST);
  }

  @Test
  void whereNothingTellsItIsUnknown() {
    add("Conv2d", 4, 4, 4);
    add("Permute", 4, 4, 4);
    add("Linear", 30);
    add("Reshape", 5, 6);
    add("ReLU", 5, 6);
    add("Linear", 5, 2);

    assertThat(told())
        .containsExactly(
            FeatureAxis.FIRST,
            FeatureAxis.UNKNOWN,
            FeatureAxis.FIRST,
            FeatureAxis.UNKNOWN,
            FeatureAxis.UNKNOWN,
            FeatureAxis.LAST);
  }

  @Test
  void theUserMaySayIt() {
    add("Reshape", 5, 6);
    add("Conv2d", 4, 4, 4);
    List<Layer> told = FeatureAxes.tell(layers, List.of(3, 8, 8));

    assertThat(LayerSelection.told(spec(List.of("l0"), List.of("l1")), told))
        .extracting(Layer::axis)
        .containsExactly(FeatureAxis.FIRST, FeatureAxis.LAST);
    assertThatThrownBy(() -> LayerSelection.told(spec(List.of("l*"), List.of("l1")), told))
        .isInstanceOf(InputException.class)
        .hasMessage("Invalid layers: l1 is in channels-first and in channels-last (leave one out)");
  }

  @Test
  void wherePooledFeaturesAreComparedUnknownOnesAreLeftOut() {
    add("Reshape", 5, 6);
    add("Conv2d", 4, 4, 4);
    List<Layer> told = FeatureAxes.tell(layers, List.of(3, 8, 8));
    LayersSpec spec = spec(List.of(), List.of());

    assertThat(LayerSelection.choose(spec, told)).extracting(Layer::name).containsExactly("l1");
    assertThat(LayerSelection.notPooled(spec, told)).isEqualTo("l0");
    assertThatThrownBy(() -> LayerSelection.choose(spec, told.subList(0, 1)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Cannot pool layers l0: the dimension of their features is unknown (name them in layers: channels-first or channels-last)");
  }

  private static LayersSpec spec(List<String> first, List<String> last) {
    return new LayersSpec(
        List.of(), List.of("*"), List.of(), OptionalDouble.empty(), Features.POOLED, first, last);
  }

  private void add(String type, Integer... shape) {
    layers.add(new Layer(layers.size(), "l" + layers.size(), type, List.of(shape)));
  }

  private List<FeatureAxis> told() {
    return FeatureAxes.tell(layers, List.of(3, 8, 8)).stream().map(Layer::axis).toList();
  }
}
