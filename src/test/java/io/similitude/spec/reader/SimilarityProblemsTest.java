package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What specs with bad similarities are told. */
final class SimilarityProblemsTest {
  static Stream<Arguments> oneLineMoreEach() {
    return Stream.of(
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
            "53: Invalid rank: 5 (cannot be used together with variance: leave one out)"),
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
            "30: Unknown key: given (known: metric, estimator, passes)"));
  }

  @ParameterizedTest
  @MethodSource("oneLineMoreEach")
  void comeFromOneWrongLine(String line, String problem) {
    assertThat(Specs.problemsOfLine(line)).contains("s.yaml:8:" + problem);
  }
}
