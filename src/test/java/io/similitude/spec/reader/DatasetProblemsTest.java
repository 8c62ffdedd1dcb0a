package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What specs with a bad data set are told. */
final class DatasetProblemsTest {
  static Stream<Arguments> oneChangeEach() {
    return Stream.of(
        Arguments.of(
            "format: idx, images: x.gz, labels: y.gz",
            "format: cifar10, path: c, split: val",
            "2:44: Invalid split: val (known: train, test)"),
        Arguments.of(
            "format: idx, images: x.gz, labels: y.gz",
            "format: parquet, path: c, image-colum: x",
            "2:37: Unknown key: image-colum (did you mean image-column?)"),
        Arguments.of(
            "idx",
            "tar",
            "2:19: Invalid format: tar (known: idx, npy, cifar10, cifar100, image-folder,"
                + " parquet)"),
        Arguments.of(
            "images: x.gz", "images: ''", "2:32: Invalid images: \"\" (must be a path or a URI)"),
        Arguments.of(
            "labels: y.gz",
            "labels: y, examples: 0",
            "2:59: Invalid examples: 0 (must be a whole number, at least 1)"),
        Arguments.of(
            "labels: y.gz",
            "labels: y, order: shufled",
            "2:56: Invalid order: shufled (did you mean shuffled? known: file, shuffled)"),
        Arguments.of(
            "labels: y.gz",
            "labels: y, unchecked: [pixel]",
            "2:61: Invalid unchecked: pixel (did you mean pixels? known: pixels, labels)"),
        Arguments.of(
            "labels: y.gz",
            "labels: y, transform: {pad: 2}",
            "2:60: Invalid transform: a mapping (must be a list)"),
        Arguments.of(
            "labels: y.gz",
            "labels: y, transform: [{pad: 2, channels: 3}]",
            "2:61: Invalid transform: a mapping"
                + " (must be one step, such as {pad: 2}; several are several items)"),
        Arguments.of(
            "labels: y.gz",
            "labels: y, transform: [{pad: }]",
            "2:62: Missing value: pad (or leave it out)"),
        Arguments.of(
            "labels: y.gz",
            "labels: y, transform: [{crop: 2}]",
            "2:62: Unknown key: crop (known: pad, channels, resize, center-crop)"),
        Arguments.of(
            "labels: y.gz",
            "labels: y, transform: [{resize: 99999999999}]",
            "2:70: Invalid resize: 99999999999 (must be a whole number between 1 and 16384)"));
  }

  @ParameterizedTest
  @MethodSource("oneChangeEach")
  void nameThePlaceTheValueAndTheWayOut(String from, String to, String problem) {
    assertThat(Specs.problemsOfChange(from, to)).containsExactly("s.yaml:" + problem);
  }
}
