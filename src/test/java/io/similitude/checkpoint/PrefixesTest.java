package io.similitude.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrefixesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "module.",
        "_orig_mod.",
        "model.",
        "module.model.",
        "_orig_mod.module.",
        "module.module.",
        "model._orig_mod.module.",
      })
  void takesOffWhatWrappersPutBeforeTheNames(String prefix) {
    assertThat(fit(Set.of("a.w", "b"), prefix + "b", prefix + "a.w")).containsExactly("b", "a.w");
  }

  @Test
  void leavesWhatTheNetworkItselfCallsSo() {
    assertThat(fit(Set.of("model.a"), "model.a")).containsExactly("model.a");
    assertThat(fit(Set.of("model.a"), "module.model.a")).containsExactly("model.a");
    assertThat(fit(Set.of("module.a", "b"), "module.a", "module.b"))
        .containsExactly("module.a", "module.b");
  }

  @Test
  void takesOffFromThoseThatHaveIt() {
    assertThat(fit(Set.of("a", "b"), "model.a", "model.b", "normalize.mean"))
        .containsExactly("a", "b", "normalize.mean");
  }

  @Test
  void leavesAloneWhatFitsNoBetterWithout() {
    assertThat(fit(Set.of("a"), "module.x", "module.y")).containsExactly("module.x", "module.y");
    assertThat(fit(Set.of("w"), "other.w")).containsExactly("other.w");
  }

  @Test
  void neverMakesTwoNamesOne() {
    assertThat(fit(Set.of("a", "b"), "module.a", "module.b", "b"))
        .containsExactly("module.a", "module.b", "b");
  }

  private static Set<String> fit(Set<String> expected, String... names) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (String name : names) {
      tensors.put(name, Tensor.of(new float[] {1}, 1));
    }
    return Prefixes.fit(new StateDict(tensors), expected).names();
  }
}
