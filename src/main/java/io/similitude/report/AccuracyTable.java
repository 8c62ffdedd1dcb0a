package io.similitude.report;

import static io.similitude.report.Markup.cell;
import static io.similitude.report.Markup.escaped;
import static io.similitude.report.Markup.numberCell;
import static io.similitude.report.Markup.percent;
import static io.similitude.report.Markup.row;

import io.similitude.analysis.Accuracy;
import io.similitude.analysis.AttackSuccess;
import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.Findings;
import io.similitude.analysis.GradientMasking;
import io.similitude.analysis.PerturbationSize;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table of accuracies; with columns on attacks where a view has one. */
final class AccuracyTable {
  private static final String NONE = "\u2013";

  private static final String NOTE =
      """
      <p class="note">Accuracy under an attack is robust accuracy. Success: of the examples that the\
       checkpoint gets right without attack, the share that it gets wrong under this one. Perturbations\
       are measured as used, in units of the pixels' range [0, 1].</p>
      """;

  private static final String HEADS =
      """
      <th class="number">success</th><th class="number">largest l<sub>\u221e</sub></th>\
      <th class="number">mean l<sub>2</sub></th>""";

  private final Findings findings;
  private final boolean attacked;
  private final boolean tagged;

  private AccuracyTable(Findings findings) {
    this.findings = findings;
    this.attacked =
        findings.accuracies().stream()
            .anyMatch(it -> it.success().isPresent() || it.perturbation().isPresent());
    this.tagged = !findings.tags().isEmpty();
  }

  /** A section of the page; empty where there are no accuracies. */
  static String of(Findings findings) {
    return findings.accuracies().isEmpty() ? "" : new AccuracyTable(findings).section();
  }

  private String section() {
    String rows = findings.accuracies().stream().map(this::line).collect(Collectors.joining("\n"));
    return """
        <section>
        <h2>Accuracy</h2>
        %s<div class="scroll">
        <table>
        <thead><tr><th>checkpoint</th><th>view</th><th class="number">accuracy</th>%s\
        <th class="number">examples</th>%s</tr></thead>
        <tbody>
        %s
        </tbody>
        </table>
        </div>
        %s</section>"""
        .formatted(
            attacked ? NOTE : "",
            attacked ? HEADS : "",
            tagged ? "<th>tags</th>" : "",
            rows,
            masking());
  }

  /** One sentence for each checkpoint and view whose attack often found no gradient. */
  private String masking() {
    return findings.accuracies().stream()
        .filter(accuracy -> accuracy.masking().filter(GradientMasking::isMuch).isPresent())
        .map(accuracy -> masking(accuracy.shown(), accuracy.masking().get()))
        .collect(Collectors.joining());
  }

  private static String masking(CheckpointView shown, GradientMasking masking) {
    return """
        <p class="note"><strong>%s</strong> masks its gradients under the view <strong>%s</strong>: the\
         gradient is zero at %s of the examples, and not finite at %s. This attack says little about\
         the network; an attack without gradients says more.</p>
        """
        .formatted(
            escaped(shown.checkpoint()),
            escaped(shown.view()),
            percent((double) masking.zero() / masking.examples()),
            percent((double) masking.notFinite() / masking.examples()));
  }

  private String line(Accuracy accuracy) {
    CheckpointView shown = accuracy.shown();
    return row(
        cell(shown.checkpoint()),
        view(shown.view()),
        meter(percent(accuracy.fraction())),
        attacked ? success(accuracy.success()) + perturbation(accuracy.perturbation()) : "",
        numberCell(Markup.grouped(accuracy.examples())),
        tagged ? tags(shown.checkpoint()) : "");
  }

  private String view(String id) {
    String attack = findings.robustness().attacks().get(id);
    return attack == null
        ? cell(id)
        : "<td>%s<span class=\"attack\">%s</span></td>".formatted(escaped(id), escaped(attack));
  }

  private static String meter(String percent) {
    return """
        <td class="number"><span class="meter"><span style="width: %s"></span></span>\
        <span class="percent">%s</span></td>"""
        .formatted(percent, percent);
  }

  private static String success(Optional<AttackSuccess> success) {
    return success.isPresent() && success.get().rate().isPresent()
        ? numberCell(percent(success.get().rate().getAsDouble()))
        : numberCell(NONE);
  }

  private static String perturbation(Optional<PerturbationSize> size) {
    return size.map(it -> numberCell(linf(it.largestLinf())) + numberCell(decimals(it.meanL2(), 3)))
        .orElse(numberCell(NONE) + numberCell(NONE));
  }

  /** {@code 0.0627 (16/255)}: steps of a byte with a decimal where they are not whole. */
  private static String linf(double size) {
    double steps = 255 * size;
    boolean whole = Math.abs(steps - Math.rint(steps)) < 0.005;
    return decimals(size, 4) + " (" + decimals(steps, whole ? 0 : 1) + "/255)";
  }

  private static String decimals(double number, int count) {
    return String.format(Locale.ROOT, "%." + count + "f", number);
  }

  private String tags(String checkpoint) {
    return Tags.of(findings, checkpoint)
        .map(tag -> "<span class=\"tag\">" + escaped(tag) + "</span>")
        .collect(Collectors.joining("", "<td>", "</td>"));
  }
}
