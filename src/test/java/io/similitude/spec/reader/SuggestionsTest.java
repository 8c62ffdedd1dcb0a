package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.input.Suggestions;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SuggestionsTest {
  private static final List<String> KNOWN = List.of("batch", "micro-batch", "id", "wide-resnet");

  @Test
  void areNear() {
    assertThat(Suggestions.nearest("bacth", KNOWN)).hasValue("batch");
    assertThat(Suggestions.nearest("Batch", KNOWN)).hasValue("batch");
    assertThat(Suggestions.nearest("microbatch", KNOWN)).hasValue("micro-batch");
    assertThat(Suggestions.nearest("micro_batch", KNOWN)).hasValue("micro-batch");
    assertThat(Suggestions.nearest("wideresnet", KNOWN)).hasValue("wide-resnet");
    assertThat(Suggestions.nearest("ids", KNOWN)).hasValue("id");
  }

  @Test
  void areTheFirstOfThoseEquallyNear() {
    assertThat(Suggestions.nearest("epoch_7", List.of("epoch_2", "epoch_1"))).hasValue("epoch_2");
  }

  @Test
  void areNotMadeUp() {
    assertThat(Suggestions.nearest("seed", KNOWN)).isEmpty();
    assertThat(Suggestions.nearest("", KNOWN)).isEmpty();
    assertThat(Suggestions.nearest("b".repeat(1 << 20), KNOWN)).isEmpty();
    assertThat(Suggestions.nearest("batch", List.of())).isEmpty();
  }
}
