package io.similitude.report;

import io.similitude.analysis.ExampleStrip;
import io.similitude.analysis.Findings;
import io.similitude.analysis.Robustness;
import io.similitude.analysis.ShownExample;
import java.util.List;

/** Example images before and after the attacks, with the predictions of the checkpoints. */
final class StripRows {
  private final Robustness robustness;

  StripRows(Findings findings) {
    this.robustness = findings.robustness();
  }

  List<Strip> strips() {
    return robustness.strips().stream().map(this::strip).toList();
  }

  private Strip strip(ExampleStrip strip) {
    double factor = ExampleImage.magnification(strip.examples());
    return new Strip(
        strip.shown().toString(),
        robustness.attacks().getOrDefault(strip.shown().view(), ""),
        factor == Math.rint(factor)
            ? String.valueOf((int) factor)
            : ShownNumbers.decimals(factor, 1),
        strip.examples().stream().map(it -> example(it, factor)).toList());
  }

  private static Example example(ShownExample it, double factor) {
    return new Example(
        it.exampleId(),
        it.label().isPresent() ? "label " + it.label().getAsInt() : "no label",
        ExampleImage.benign(it),
        it.predictedBenign(),
        isWrong(it, it.predictedBenign()),
        ExampleImage.perturbation(it, factor),
        ExampleImage.perturbed(it),
        it.predicted(),
        isWrong(it, it.predicted()));
  }

  private static boolean isWrong(ShownExample example, int predicted) {
    return example.label().isPresent() && example.label().getAsInt() != predicted;
  }

  /** One checkpoint under one view. */
  record Strip(String shown, String attack, String factor, List<Example> examples) {}

  /** One example. Its images are data URIs. */
  record Example(
      long id,
      String label,
      String benign,
      int predictedBenign,
      boolean isBenignWrong,
      String perturbation,
      String perturbed,
      int predicted,
      boolean isWrong) {}
}
