package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Text that is no YAML, or is made to do harm. */
final class YamlParserTest {
  @Test
  void locatesASyntaxError() {
    assertThat(Specs.problems("sweep: a\nbatch: [1, 2\nseed: 0\n"))
        .containsExactly("s.yaml:3:5: Cannot read YAML: expected ',' or ']', but got :");
  }

  @Test
  void refusesTabsControlCharactersAndSeveralDocuments() {
    assertThat(Specs.problems("a:\n\tb: 1\n"))
        .singleElement()
        .asString()
        .startsWith("s.yaml:2:1: Cannot read YAML: found character '\\t(TAB)'");
    assertThat(Specs.problems("a: \u0000\n"))
        .singleElement()
        .asString()
        .startsWith("s.yaml:1:1: Cannot read YAML: special characters are not allowed")
        .doesNotContain("\n");
    assertThat(Specs.problems("a: 1\n---\nb: 2\n"))
        .containsExactly("s.yaml:2:1: Cannot read YAML: but found another document");
  }

  @Test
  void reportsBadOverridesBesideASyntaxError() {
    assertThat(Specs.problems("a: [", "b=]", "c"))
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).startsWith("s.yaml:1:5: Cannot read YAML: "))
        .anySatisfy(line -> assertThat(line).startsWith("--set b=]: Cannot read YAML: "))
        .contains("--set c: Invalid override: c (must be key.path=value)");
  }

  @Test
  void refusesTextThatIsTooLong() {
    assertThat(Specs.problems("#".repeat(YamlParser.MAX_CHARACTERS + 1)))
        .containsExactly(
            "s.yaml:1:1: Cannot read YAML of 4194305 characters: at most 4194304 are read");
  }

  @Test
  void refusesTextThatIsTooDeep() {
    assertThat(Specs.problems("a: " + "[".repeat(1_000_000)))
        .containsExactly("s.yaml:1:35: Cannot read YAML: nested more than 32 levels deep");
  }

  @Test
  void refusesManyAliasesAndCopiesNone() {
    assertThat(Specs.problems("a: &a [x]\nb: [" + "*a, ".repeat(100) + "]\n"))
        .containsExactly(
            "s.yaml:1:1: Cannot read YAML: Number of aliases for non-scalar nodes"
                + " exceeds the specified max=50");
    StringBuilder doubling = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i <= 24; i++) {
      doubling.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(Specs.problems(doubling + Specs.MINIMAL)).hasSize(25).allMatch(this::isUnknownKey);
  }

  @Property
  void saysSomethingAboutAnyText(@ForAll String text) {
    assertThat(Specs.problems(text)).isNotEmpty().allMatch(line -> !line.contains("\n"));
  }

  private boolean isUnknownKey(String problem) {
    return problem.contains("Unknown key: a");
  }
}
