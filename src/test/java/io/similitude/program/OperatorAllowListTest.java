package io.similitude.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OperatorAllowListTest {
  private static final OperatorAllowList LIST = OperatorAllowList.standard();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "conv2d",
        "torch.conv2d",
        "aten::conv2d",
        "ops.aten.conv2d",
        "torch.ops.aten.conv2d",
        "relu_",
        "__iand__",
        "scaled_dot_product_attention"
      })
  void tensorOperatorsAreAllowedInEverySpelling(String spelling) {
    assertThat(LIST.allows(spelling)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from_file",
        "torch.from_file",
        "ops.aten.from_file",
        "aten::save",
        "load",
        "set_",
        "resize_",
        "set_data",
        "manual_seed",
        "wait",
        "fork",
        "prim::rpc_sync",
        "torchvision::nms",
        "ops.torchvision.nms",
        "ops.image.read_file",
        "_",
        "",
        "conv2d_evil",
        "[random]"
      })
  void allOthersAreNot(String spelling) {
    assertThat(LIST.allows(spelling)).isFalse();
  }

  @Test
  void randomOnesAreKnown() {
    assertThat(LIST.isRandom("aten::bernoulli_")).isTrue();
    assertThat(LIST.isRandom("dropout")).isTrue();
    assertThat(LIST.isRandom("conv2d")).isFalse();
  }

  /** A word of a reason that slipped into the list would be an operator. */
  @Test
  void theFileHoldsNamesOnly() {
    List<String> words =
        Source.resource("operators.txt")
            .lines()
            .filter(line -> !line.startsWith("#") && !line.startsWith("["))
            .flatMap(line -> Arrays.stream(line.split(" +")))
            .filter(word -> !word.isEmpty())
            .toList();

    assertThat(words)
        .hasSizeGreaterThan(500)
        .allMatch(word -> word.matches("([a-z]+::)?[A-Za-z_0-9]+"));
    assertThat(words).noneMatch(word -> word.endsWith("_") && !word.endsWith("__"));
  }
}
