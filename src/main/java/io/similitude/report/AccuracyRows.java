package io.similitude.report;

import io.similitude.analysis.Accuracy;
import io.similitude.analysis.AttackSuccess;
import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.Findings;
import io.similitude.analysis.GradientMasking;
import io.similitude.analysis.PerturbationSize;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The table of accuracies. If a view has an attack, the table has columns for attacks. */
final class AccuracyRows {
  private static final String NONE = "\u2013";

  private final Findings findings;

  AccuracyRows(Findings findings) {
    this.findings = findings;
  }

  boolean areAttacked() {
    return findings.accuracies().stream()
        .anyMatch(it -> it.success().isPresent() || it.perturbation().isPresent());
  }

  boolean areTagged() {
    return !findings.tags().isEmpty();
  }

  List<Row> rows() {
    return findings.accuracies().stream().map(this::row).toList();
  }

  /** A sentence for each checkpoint and view whose attack often found no gradient. */
  List<String> masked() {
    return findings.accuracies().stream()
        .filter(accuracy -> accuracy.masking().filter(GradientMasking::isMuch).isPresent())
        .map(accuracy -> masked(accuracy.shown(), accuracy.masking().get()))
        .toList();
  }

  private static String masked(CheckpointView shown, GradientMasking masking) {
    return "%s masks its gradients under the view %s: the gradient is zero at %s of the examples, and not finite at %s. This attack says little about the network; an attack without gradients says more."
        .formatted(
            shown.checkpoint(),
            shown.view(),
            ShownNumbers.percent((double) masking.zero() / masking.examples()),
            ShownNumbers.percent((double) masking.notFinite() / masking.examples()));
  }

  private Row row(Accuracy accuracy) {
    String checkpoint = accuracy.shown().checkpoint();
    String view = accuracy.shown().view();
    return new Row(
        checkpoint,
        view,
        findings.robustness().attacks().getOrDefault(view, ""),
        ShownNumbers.percent(accuracy.fraction()),
        areAttacked(),
        success(accuracy.success()),
        accuracy.perturbation().map(it -> ShownNumbers.linf(it.largestLinf())).orElse(NONE),
        accuracy.perturbation().map(AccuracyRows::l2).orElse(NONE),
        ShownNumbers.grouped(accuracy.examples()),
        areTagged(),
        CheckpointTags.different(findings, checkpoint));
  }

  private static String success(Optional<AttackSuccess> success) {
    OptionalDouble rate = success.map(AttackSuccess::rate).orElse(OptionalDouble.empty());
    return rate.isPresent() ? ShownNumbers.percent(rate.getAsDouble()) : NONE;
  }

  private static String l2(PerturbationSize size) {
    return ShownNumbers.decimals(size.meanL2(), 3);
  }

  /** The cells of a row as text. */
  record Row(
      String checkpoint,
      String view,
      String attack,
      String accuracy,
      boolean isAttacked,
      String success,
      String linf,
      String l2,
      String examples,
      boolean isTagged,
      List<String> tags) {}
}
