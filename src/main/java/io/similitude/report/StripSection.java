package io.similitude.report;

import static io.similitude.report.Markup.escaped;

import io.similitude.analysis.ExampleStrip;
import io.similitude.analysis.Findings;
import io.similitude.analysis.Robustness;
import io.similitude.analysis.ShownExample;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Example images before and after the attacks, with what the checkpoints made of them. */
final class StripSection {
  private final Robustness robustness;

  private StripSection(Robustness robustness) {
    this.robustness = robustness;
  }

  /** A section of the page; empty where there are no examples. */
  static String of(Findings findings) {
    return findings.robustness().strips().isEmpty()
        ? ""
        : new StripSection(findings.robustness()).section();
  }

  private String section() {
    return """
        <section>
        <h2>Examples under attack</h2>
        <p class="note">Each example as it is, what the attack adds, magnified around grey, and both\
         together; below, the class that the checkpoint predicts, crossed where it is wrong.%s</p>
        <div class="strips">
        %s
        </div>
        </section>"""
        .formatted(
            leftOut(),
            robustness.strips().stream().map(this::strip).collect(Collectors.joining("\n")));
  }

  private String leftOut() {
    int shown = robustness.strips().size();
    return robustness.stripsLeftOut() == 0
        ? ""
        : " This page shows the first %d of %d strips, in the order of the spec."
            .formatted(shown, shown + robustness.stripsLeftOut());
  }

  private String strip(ExampleStrip strip) {
    double factor = ExampleImage.magnification(strip.examples());
    String attack = robustness.attacks().getOrDefault(strip.shown().view(), "");
    return """
        <div class="strip">
        <h3>%s</h3>
        <p class="measure">%s</p>
        <table>
        %s
        %s
        %s
        %s
        </table>
        </div>"""
        .formatted(
            escaped(strip.shown().toString()),
            escaped(attack),
            line(strip, "", StripSection::heading),
            line(strip, "benign", it -> image(ExampleImage.benign(it)) + benignVerdict(it)),
            line(
                strip,
                "perturbation \u00d7 " + factor(factor),
                it -> image(ExampleImage.perturbation(it, factor))),
            line(strip, "perturbed", it -> image(ExampleImage.perturbed(it)) + verdict(it)));
  }

  private static String line(
      ExampleStrip strip, String head, Function<ShownExample, String> content) {
    return strip.examples().stream()
        .map(example -> "<td>" + content.apply(example) + "</td>")
        .collect(Collectors.joining("", "<tr><th scope=\"row\">" + head + "</th>", "</tr>"));
  }

  private static String heading(ShownExample example) {
    OptionalInt label = example.label();
    return "<span title=\"example %d\">%s</span>"
        .formatted(
            example.exampleId(), label.isPresent() ? "label " + label.getAsInt() : "no label");
  }

  private static String image(String uri) {
    return "<img src=\"" + uri + "\" alt=\"\">";
  }

  private static String benignVerdict(ShownExample example) {
    return verdict(example, example.predictedBenign());
  }

  private static String verdict(ShownExample example) {
    return verdict(example, example.predicted());
  }

  private static String verdict(ShownExample example, int predicted) {
    boolean wrong = example.label().isPresent() && example.label().getAsInt() != predicted;
    return wrong
        ? "<span class=\"wrong\">%d \u2717</span>".formatted(predicted)
        : "<span class=\"verdict\">%d</span>".formatted(predicted);
  }

  private static String factor(double factor) {
    return factor == Math.rint(factor)
        ? String.valueOf((int) factor)
        : String.format(Locale.ROOT, "%.1f", factor);
  }
}
