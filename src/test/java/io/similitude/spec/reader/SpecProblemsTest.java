package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.input.InvalidSpecException;
import io.similitude.spec.key.Ids;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What bad specs are told, whatever is wrong with them. */
final class SpecProblemsTest {
  @Test
  void areAllReportedAtOnceInTheOrderOfTheFile() {
    String yaml =
        """
        swep: small
        dataset: {format: idx, images: x.gz, exampels: 3}
        batch: 3
        networks:
          net: {architecture: wide-resent, depth: 10}
          other: {architecture: wide-resnet, dept: 10}
        checkpoints:
          - {id: a/b, network: nett, weights: [w]}
          - {id: one, weights: w}
          - {id: one, network: net, weights: w}
        views: [{id: linf, attack: pgd-inf, epsilon: 8/255}]
        seed: 1.5
        """;

    assertThat(Specs.problems(yaml, "activations=whole", "batch"))
        .containsExactly(
            "s.yaml:1:1: Missing key: sweep (the spec needs it)",
            "s.yaml:1:1: Unknown key: swep (did you mean sweep?)",
            "s.yaml:2:10: Missing key: labels (the dataset needs it)",
            "s.yaml:2:38: Unknown key: exampels (did you mean examples?)",
            "s.yaml:3:8: Invalid batch: 3 (must be a whole number, at least 4)",
            "s.yaml:5:23: Invalid architecture: wide-resent"
                + " (did you mean wide-resnet? known: resnet-18, wide-resnet)",
            "s.yaml:6:38: Unknown key: dept (did you mean depth?)",
            "s.yaml:8:10: Invalid checkpoint id: a/b (must be " + Ids.RULE + ")",
            "s.yaml:8:24: Invalid network: nett (did you mean net? known: net, other)",
            "s.yaml:8:39: Invalid weights: a list (must be a path or a URI)",
            "s.yaml:9:5: Missing key: network (every checkpoint needs it)",
            "s.yaml:10:10: Invalid checkpoint id: one (must differ from the one at s.yaml:9:10)",
            "s.yaml:11:28: Invalid attack: pgd-inf"
                + " (did you mean pgd-linf? known: pgd-linf, uniform-noise)",
            "s.yaml:12:7: Invalid seed: 1.5 (must be a whole number of 64 bits)",
            "--set batch: Invalid override: batch (must be key.path=value)",
            "--set activations=whole: Invalid activations: whole (known: pooled, full, none)");
  }

  @Test
  void areTheMessageOfTheException() {
    assertThat(new InvalidSpecException(List.of("a: one", "b: two")))
        .hasMessage("a: one%nb: two".formatted());
  }

  @Test
  void nameTheKeysThatAnEmptyMappingNeeds() {
    assertThat(Specs.problems("{}"))
        .containsExactly(
            "s.yaml:1:1: Missing key: sweep (the spec needs it)",
            "s.yaml:1:1: Missing key: dataset (the spec needs it)",
            "s.yaml:1:1: Missing key: batch (the spec needs it)",
            "s.yaml:1:1: Missing key: checkpoints (the spec needs it)",
            "s.yaml:1:1: Missing key: networks (the spec needs it)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''     | Cannot read an empty spec: it needs sweep, dataset, batch, networks and"
            + " checkpoints",
        "'# no' | Cannot read an empty spec: it needs sweep, dataset, batch, networks and"
            + " checkpoints",
        "'~'    | Cannot read an empty spec: it needs sweep, dataset, batch, networks and"
            + " checkpoints",
        "hello  | Invalid spec: hello (must be a mapping)",
        "'[]'   | Invalid spec: an empty list (must be a mapping)"
      })
  void sayWhatIsNoSpec(String yaml, String message) {
    assertThat(Specs.problems(yaml)).containsExactly("s.yaml:1:1: " + message);
  }

  static Stream<Arguments> oneChangeEach() {
    return Stream.of(
        Arguments.of(
            "sweep: small", "sweep: ..", "1:8: Invalid sweep: .. (must be " + Ids.RULE + ")"),
        Arguments.of(
            "sweep: small", "sweep: [a]", "1:8: Invalid sweep: a list (must be " + Ids.RULE + ")"),
        Arguments.of("sweep: small", "sweep:", "1:1: Missing value: sweep (the spec needs it)"),
        Arguments.of(
            "batch: 8",
            "batch: '8'",
            "3:8: Invalid batch: \"8\" (must be a whole number, at least 4)"),
        Arguments.of(
            "batch: 8",
            "batch: .nan",
            "3:8: Invalid batch: .nan (must be a whole number, at least 4)"),
        Arguments.of(
            "batch: 8",
            "micro-batch: 0\nbatch: 8",
            "3:14: Invalid micro-batch: 0 (must be a whole number, at least 1)"));
  }

  @ParameterizedTest
  @MethodSource("oneChangeEach")
  void nameThePlaceTheValueAndTheWayOut(String from, String to, String problem) {
    assertThat(Specs.problemsOfChange(from, to)).containsExactly("s.yaml:" + problem);
  }

  static Stream<Arguments> oneLineMoreEach() {
    return Stream.of(
        Arguments.of(
            "compare: same",
            "10: Invalid compare: same (known: all, within-checkpoint, same-layer, findings)"),
        Arguments.of(
            "representation: []", "1: Unknown key: representation (did you mean representations?)"),
        Arguments.of("batch: 9", "1: Duplicate key: batch (is at s.yaml:3:1 already)"),
        Arguments.of("[a]: 9", "1: Invalid key: a list or a mapping (must be a word)"),
        Arguments.of(
            "seed: !!java.net.URL x",
            "7: Invalid tag: tag:yaml.org,2002:java.net.URL (specs have no tags; leave it out)"),
        Arguments.of(
            "views: &v [{id: a}, *v]",
            "8: Cannot read YAML: this value contains itself, by an alias"));
  }

  @ParameterizedTest
  @MethodSource("oneLineMoreEach")
  void comeFromOneWrongLine(String line, String problem) {
    assertThat(Specs.problemsOfLine(line)).contains("s.yaml:8:" + problem);
  }

  @Test
  void forbidABatchOfMoreThanTheExamples() {
    String yaml = Specs.MINIMAL.replace("labels: y.gz", "labels: y.gz, examples: 7");

    assertThat(Specs.problems(yaml))
        .containsExactly(
            "s.yaml:3:8: Invalid batch: 8 (must be at most the number of examples, 7)");
  }

  @Test
  void forbidASpecWithoutNetworksOrCheckpoints() {
    String yaml =
        """
        sweep: none
        dataset: {format: npy, images: x.npy}
        batch: 4
        networks: {}
        checkpoints: []
        """;

    assertThat(Specs.problems(yaml))
        .containsExactly(
            "s.yaml:4:11: Invalid networks: an empty mapping (must name a network)",
            "s.yaml:5:14: Invalid checkpoints: an empty list (must have an item)");
  }

  @Test
  void quoteNoMoreThanALine() {
    String yaml = Specs.MINIMAL.replace("batch: 8", "batch: \"a\\n" + "b".repeat(500) + "\"");

    assertThat(Specs.problems(yaml))
        .containsExactly(
            "s.yaml:3:8: Invalid batch: \"a "
                + "b".repeat(78)
                + "...\" (must be a whole number, at least 4)");
  }
}
