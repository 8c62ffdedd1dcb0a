package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.spec.key.Ids;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What specs with bad views are told. */
final class ViewProblemsTest {
  static Stream<Arguments> oneLineMoreEach() {
    return Stream.of(
        Arguments.of("views: []", "8: Invalid views: an empty list (must have an item)"),
        Arguments.of("views: benign", "8: Invalid views: benign (must be a list)"),
        Arguments.of("views: [{id: .}]", "14: Invalid view id: . (must be " + Ids.RULE + ")"),
        Arguments.of(
            "views: [{id: a, size: 1}]", "17: Unknown key: size (known: id, data, attack)"),
        Arguments.of(
            "views: [{id: a, attack: noise}]",
            "25: Invalid attack: noise (known: pgd-linf, uniform-noise)"),
        Arguments.of(
            "views: [{id: a, epsilon: 8/255}]",
            "17: Unknown key: epsilon (known: id, data, attack)"),
        Arguments.of(
            "views: [{id: a, attack: pgd-linf, epsilonn: 8/255}]",
            "35: Unknown key: epsilonn (did you mean epsilon?)"),
        Arguments.of(
            "views: [{id: a, attack: uniform-noise, steps: 3}]",
            "40: Unknown key: steps (known: id, data, attack, craft-on, keep-inputs, epsilon)"),
        Arguments.of(
            "views: [{id: a, attack: uniform-noise, epsilon: [1]}]",
            "49: Invalid epsilon: a list (must be a number, a truth value or a word)"),
        Arguments.of(
            "views: [{id: a, attack: pgd-linf, craft-on: ones}]",
            "45: Invalid craft-on: ones (did you mean one? known: one)"),
        Arguments.of(
            "views: [{id: a, attack: pgd-linf, keep-inputs: yes}]",
            "48: Invalid keep-inputs: yes (must be true or false)"));
  }

  @ParameterizedTest
  @MethodSource("oneLineMoreEach")
  void comeFromOneWrongLine(String line, String problem) {
    assertThat(Specs.problemsOfLine(line)).contains("s.yaml:8:" + problem);
  }
}
