package io.similitude.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What bad specs are told. */
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
        change("sweep: small", "sweep: ..", "1:8: Invalid sweep: .. (must be " + Ids.RULE + ")"),
        change(
            "sweep: small", "sweep: [a]", "1:8: Invalid sweep: a list (must be " + Ids.RULE + ")"),
        change("sweep: small", "sweep:", "1:1: Missing value: sweep (the spec needs it)"),
        change(
            "format: idx, images: x.gz, labels: y.gz",
            "format: cifar10, path: c, split: val",
            "2:44: Invalid split: val (known: train, test)"),
        change(
            "format: idx, images: x.gz, labels: y.gz",
            "format: parquet, path: c, image-colum: x",
            "2:37: Unknown key: image-colum (did you mean image-column?)"),
        change(
            "idx",
            "tar",
            "2:19: Invalid format: tar (known: idx, npy, cifar10, cifar100, image-folder,"
                + " parquet)"),
        change(
            "images: x.gz", "images: ''", "2:32: Invalid images: \"\" (must be a path or a URI)"),
        change(
            "labels: y.gz",
            "labels: y, examples: 0",
            "2:59: Invalid examples: 0 (must be a whole number, at least 1)"),
        change(
            "labels: y.gz",
            "labels: y, order: shufled",
            "2:56: Invalid order: shufled (did you mean shuffled? known: file, shuffled)"),
        change(
            "labels: y.gz",
            "labels: y, transform: {pad: 2}",
            "2:60: Invalid transform: a mapping (must be a list)"),
        change(
            "labels: y.gz",
            "labels: y, transform: [{pad: 2, channels: 3}]",
            "2:61: Invalid transform: a mapping"
                + " (must be one step, such as {pad: 2}; several are several items)"),
        change(
            "labels: y.gz",
            "labels: y, transform: [{crop: 2}]",
            "2:62: Unknown key: crop (known: pad, channels, resize, center-crop)"),
        change(
            "labels: y.gz",
            "labels: y, transform: [{resize: 99999999999}]",
            "2:70: Invalid resize: 99999999999 (must be a whole number between 1 and 16384)"),
        change(
            "batch: 8",
            "batch: '8'",
            "3:8: Invalid batch: \"8\" (must be a whole number, at least 4)"),
        change(
            "batch: 8",
            "batch: .nan",
            "3:8: Invalid batch: .nan (must be a whole number, at least 4)"),
        change(
            "batch: 8",
            "micro-batch: 0\nbatch: 8",
            "3:14: Invalid micro-batch: 0 (must be a whole number, at least 1)"),
        change(
            "net: {architecture: wide-resnet, depth: 10}",
            "net: 3",
            "5:8: Invalid network net: 3 (must be a mapping)"),
        change(
            "net: {architecture: wide-resnet, depth: 10}",
            "net:",
            "5:3: Missing value: net (or leave it out)"),
        change(
            "depth: 10",
            "depth: [1]",
            "5:43: Invalid depth: a list (must be a number, a truth value or a word)"),
        change(
            "architecture: wide-resnet, depth",
            "depth",
            "5:8: Missing key: architecture (every network needs it)"),
        change(
            "{id: one, network: net, weights: one.pth}",
            "",
            "7:4: Missing value: an item of checkpoints (leave it out)"),
        change(
            "{id: one, network: net, weights: one.pth}",
            "one.pth",
            "7:5: Invalid checkpoints: one.pth (must be a mapping)"),
        change(
            "weights: one.pth",
            "weights: one.pth, golb: '*.pth'",
            "7:47: Unknown key: golb (did you mean glob?)"),
        change(
            "weights: one.pth",
            "weights: one.pth, tags: {a: [1]}",
            "7:57: Invalid a: a list (must be text)"),
        change(
            "weights: one.pth",
            "weights: one.pth, tags: {a: }",
            "7:54: Missing value: a (or leave it out)"));
  }

  @ParameterizedTest
  @MethodSource("oneChangeEach")
  void nameThePlaceTheValueAndTheWayOut(String from, String to, String problem) {
    assertThat(Specs.MINIMAL).contains(from);
    assertThat(Specs.problems(Specs.MINIMAL.replace(from, to)))
        .containsExactly("s.yaml:" + problem);
  }

  static Stream<Arguments> oneLineMoreEach() {
    return Stream.of(
        Arguments.of("views: []", "8: Invalid views: an empty list (must have an item)"),
        Arguments.of("views: benign", "8: Invalid views: benign (must be a list)"),
        Arguments.of("views: [{id: .}]", "14: Invalid view id: . (must be " + Ids.RULE + ")"),
        Arguments.of("views: [{id: a, size: 1}]", "17: Unknown key: size (known: id, attack)"),
        Arguments.of(
            "views: [{id: a, attack: noise}]",
            "25: Invalid attack: noise (known: pgd-linf, uniform-noise)"),
        Arguments.of(
            "views: [{id: a, epsilon: 8/255}]", "17: Unknown key: epsilon (known: id, attack)"),
        Arguments.of(
            "views: [{id: a, attack: pgd-linf, epsilonn: 8/255}]",
            "35: Unknown key: epsilonn (did you mean epsilon?)"),
        Arguments.of(
            "views: [{id: a, attack: uniform-noise, steps: 3}]",
            "40: Unknown key: steps (known: id, attack, craft-on, keep-inputs, epsilon)"),
        Arguments.of(
            "views: [{id: a, attack: uniform-noise, epsilon: [1]}]",
            "49: Invalid epsilon: a list (must be a number, a truth value or a word)"),
        Arguments.of(
            "views: [{id: a, attack: pgd-linf, craft-on: ones}]",
            "45: Invalid craft-on: ones (did you mean one? known: one)"),
        Arguments.of(
            "views: [{id: a, attack: pgd-linf, keep-inputs: yes}]",
            "48: Invalid keep-inputs: yes (must be true or false)"),
        Arguments.of("layers: all", "9: Invalid layers: all (must be a mapping)"),
        Arguments.of("layers: {types: []}", "17: Invalid types: an empty list (must have an item)"),
        Arguments.of("layers: {include: ['']}", "20: Invalid include: \"\" (must be text)"),
        Arguments.of(
            "layers: {fraction: 0}",
            "20: Invalid fraction: 0 (must be a number above 0 and at most 1, such as 0.3 or 1/3)"),
        Arguments.of(
            "layers: {fraction: .nan}",
            "20: Invalid fraction: .nan"
                + " (must be a number above 0 and at most 1, such as 0.3 or 1/3)"),
        Arguments.of(
            "layers: {fraction: 1/0}",
            "20: Invalid fraction: 1/0"
                + " (must be a number above 0 and at most 1, such as 0.3 or 1/3)"),
        Arguments.of(
            "layers: {feature: full}", "10: Unknown key: feature (did you mean features?)"),
        Arguments.of(
            "similarities: [{metric: pwca}]",
            "25: Invalid metric: pwca (did you mean pwcca? known: cka, angular-cka,"
                + " distance-correlation, cca, svcca, pwcca, procrustes, angular-procrustes, rsa,"
                + " jaccard-neighbours, mutual-neighbours, eigenspace-overlap)"),
        Arguments.of(
            "similarities: [{metric: cka, kernel: rfb, bandwidth: 2}]",
            "38: Invalid kernel: rfb (did you mean rbf? known: linear, rbf, cosine, polynomial)"),
        Arguments.of(
            "similarities: [{metric: cka, bandwidth: 2}]",
            "30: Unknown key: bandwidth (known: metric, kernel, estimator, bias, given, passes)"),
        Arguments.of(
            "similarities: [{metric: cka, kernel: rbf, bandwith: 2}]",
            "43: Unknown key: bandwith (did you mean bandwidth?)"),
        Arguments.of(
            "similarities: [{metric: cka, kernel: rbf, bandwidth: 0}]",
            "54: Invalid bandwidth: 0 (must be a number above 0)"),
        Arguments.of(
            "similarities: [{metric: cka, kernel: polynomial, degree: 0}]",
            "58: Invalid degree: 0 (must be a whole number between 1 and 16)"),
        Arguments.of(
            "similarities: [{metric: cka, kernel: polynomial, offset: .nan}]",
            "58: Invalid offset: .nan (must be a number, at least 0)"),
        Arguments.of(
            "similarities: [{metric: cka, estimator: mini-batch}]",
            "41: Invalid estimator: mini-batch (did you mean minibatch? known: minibatch, exact)"),
        Arguments.of(
            "similarities: [{metric: cka, bias: debiased}]",
            "36: Invalid bias: debiased (did you mean unbiased? known: unbiased, biased)"),
        Arguments.of(
            "similarities: [{metric: cca, bias: biased}]",
            "30: Unknown key: bias (known: metric, estimator, passes)"),
        Arguments.of(
            "similarities: [{metric: svcca, variance: 1.5}]",
            "42: Invalid variance: 1.5 (must be a number above 0 and at most 1, such as 0.99)"),
        Arguments.of(
            "similarities: [{metric: svcca, variance: 0.9, rank: 5}]",
            "53: Invalid rank: 5 (has variance beside it: leave one out)"),
        Arguments.of(
            "similarities: [{metric: mutual-neighbours, neighbours: 8}]",
            "56: Invalid neighbours: 8 (must be under the batch, 8)"),
        Arguments.of(
            "similarities: [{metric: cka}, {metric: cka, bias: unbiased}]",
            "31: Invalid similarities: a mapping (is there already, and need not be computed"
                + " twice)"),
        Arguments.of(
            "similarities: [{kernel: rbf}]", "16: Missing key: metric (every similarity needs it)"),
        Arguments.of(
            "compare: same",
            "10: Invalid compare: same (known: all, within-checkpoint, same-layer)"),
        Arguments.of(
            "representation: []", "1: Unknown key: representation (did you mean representations?)"),
        Arguments.of(
            "representations: []",
            "18: Invalid representations: an empty list (must have an item)"),
        Arguments.of(
            "representations: [{file: x.npy, layer: out}]",
            "19: Missing key: checkpoint (every representation needs it)"),
        Arguments.of(
            "representations: [{checkpoint: o, layer: out}]",
            "19: Missing key: file (every representation needs it)"),
        Arguments.of(
            "representations: [{checkpoint: one, layer: out, file: x.npy}]",
            "32: Invalid checkpoint id: one (is the id of a checkpoint, whose activations are made"
                + " here: choose another)"),
        Arguments.of(
            "representations: [{source: classes}]",
            "28: Invalid source: classes (known: pixels, labels)"),
        Arguments.of(
            "representations: [{source: pixels}, {source: pixels, layer: again}]",
            "46: Invalid source: pixels (is there already)"),
        Arguments.of(
            "representations: [{checkpoint: o, layer: l, file: x.npy}, {checkpoint: o, layer: l,"
                + " file: y.npy}]",
            "59: Invalid representations: a mapping (o/benign/l must differ from the one at"
                + " s.yaml:8:19)"),
        Arguments.of(
            "similarities: [{metric: cka, given: colour}]",
            "37: Invalid given: colour (must be pixels, labels, or a representation as"
                + " checkpoint/view/layer)"),
        Arguments.of(
            "similarities: [{metric: cka, given: []}]",
            "37: Invalid given: an empty list (must have an item)"),
        Arguments.of(
            "similarities: [{metric: cka, given: [labels, labels]}]",
            "46: Invalid given: labels (is given already)"),
        Arguments.of(
            "similarities: [{metric: cca, given: pixels}]",
            "30: Unknown key: given (known: metric, estimator, passes)"),
        Arguments.of(
            "similarities: [{metric: cka, kernel: rbf, bandwidth: 0}]",
            "54: Invalid bandwidth: 0 (must be a number above 0)"),
        Arguments.of("batch: 9", "1: Duplicate key: batch (is at s.yaml:3:1 already)"),
        Arguments.of("[a]: 9", "1: Invalid key: a list or a mapping (must be a word)"),
        Arguments.of(
            "seed: !!java.net.URL x",
            "7: Invalid tag: tag:yaml.org,2002:java.net.URL (specs have no tags; leave it out)"),
        Arguments.of(
            "views: &v [{id: a}, *v]",
            "8: Cannot read YAML: this value contains itself, by an alias"));
  }

  @Test
  void ofRepresentationsAloneAreTheirOwn() {
    String yaml =
        """
        sweep: alone
        batch: 8
        representations: [{source: labels}]
        views: [{id: benign}]
        """;

    assertThat(Specs.problems(yaml))
        .containsExactly(
            "s.yaml:1:1: Missing key: dataset (the spec needs it)",
            "s.yaml:4:8: Invalid views: a list (must have checkpoints to show them to;"
                + " representations name their own)");
  }

  @Test
  void namesAsTheDataSetsAreTakenOnce() {
    String yaml = Specs.MINIMAL.replace("id: one", "id: dataset");

    assertThat(Specs.problems(yaml + "representations: [{source: pixels}]"))
        .containsExactly(
            "s.yaml:8:28: Invalid source: pixels (is called dataset, as a checkpoint is: add"
                + " checkpoint: another-id)");
    assertThat(Specs.problems(yaml + "similarities: [{metric: cka, given: labels}]"))
        .containsExactly(
            "s.yaml:8:15: Invalid similarities: a list (given labels, which would be called dataset"
                + " as a checkpoint is: add {source: labels, checkpoint: another-id} to"
                + " representations)");
  }

  @ParameterizedTest
  @MethodSource("oneLineMoreEach")
  void comeFromOneWrongLine(String line, String problem) {
    assertThat(Specs.problems(Specs.MINIMAL + line)).contains("s.yaml:8:" + problem);
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

  private static Arguments change(String from, String to, String problem) {
    return Arguments.of(from, to, problem);
  }
}
