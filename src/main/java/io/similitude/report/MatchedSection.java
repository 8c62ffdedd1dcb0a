package io.similitude.report;

import static io.similitude.report.Markup.counted;
import static io.similitude.report.Markup.grouped;

import io.similitude.analysis.Findings;
import io.similitude.analysis.Robustness;
import java.util.List;

/** Where the page's script draws the curves of matched layers. */
final class MatchedSection {
  private MatchedSection() {}

  /** A section of the page; empty where there are no curves. */
  static String of(Findings findings, List<String> images) {
    Robustness robustness = findings.robustness();
    if (robustness.matchedLayers().isEmpty()) {
      return "";
    }
    return """
        <section>
        <h2>Benign against perturbed</h2>
        <p class="note">How similar each layer stays to itself when the examples are perturbed, from\
         input to output; shaded: one standard error. One line a checkpoint, one chart a view with an\
         attack.%s</p>
        <ul class="legend" id="checkpoints"></ul>
        <div class="curves" id="curves"></div>
        %s
        </section>"""
        .formatted(leftOut(robustness), Markup.fallback(images));
  }

  private static String leftOut(Robustness robustness) {
    if (robustness.curvesLeftOut() == 0) {
      return "";
    }
    long shown = robustness.matchedLayers().stream().mapToInt(panel -> panel.curves().size()).sum();
    return (" This page shows %s of %s, of checkpoints that lie evenly in the order of the spec;"
            + " <a href=\"similarities.csv\">similarities.csv</a> has all the numbers.")
        .formatted(grouped(shown), counted(shown + robustness.curvesLeftOut(), "curve"));
  }
}
