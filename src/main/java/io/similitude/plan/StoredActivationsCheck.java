package io.similitude.plan;

import io.similitude.input.InputException;
import io.similitude.spec.Activations;
import io.similitude.spec.Features;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.store.row.LayerRow;

/** Checks that the sweep keeps all activations that its measures read again. */
final class StoredActivationsCheck {
  private final SweepPlan plan;
  private final SweepSpec spec;

  StoredActivationsCheck(SweepPlan plan) {
    this.plan = plan;
    this.spec = plan.spec();
  }

  /**
   * Checks all layers.
   *
   * @throws InputException if a layer is not kept with the features that are compared; the message
   *     names the setting that keeps them
   */
  void check() {
    for (Estimation estimation : plan.estimations().ofActivations()) {
      for (PlannedSites sites : plan.sites()) {
        for (LayerRow layer : sites.layerRows()) {
          if (!sites.keeps(layer, spec)) {
            throw refused(estimation.measures().get(0), layer.layer(), sites.id());
          }
        }
      }
    }
  }

  private InputException refused(MeasureSpec measure, String layer, String checkpoint) {
    return new InputException(
        "Cannot estimate %s %s: the features of layer %s of %s are not kept (%s)"
            .formatted(
                measure.metric().keyword(),
                measure.isExact()
                    ? "exactly over %d batches".formatted(plan.allBatches().size())
                    : "in %d passes".formatted(measure.passes()),
                layer,
                checkpoint,
                wayOut(measure)));
  }

  private String wayOut(MeasureSpec measure) {
    boolean areMeans = spec.layers().features() == Features.POOLED;
    String keeps = "activations: %s keeps them".formatted(areMeans ? "pooled" : "full");
    boolean haveMeans = !areMeans && spec.activations() == Activations.POOLED;
    String means = haveMeans ? ", layers: {features: pooled} compares means" : "";
    return keeps
        + means
        + (measure.isExact() ? ", or take all examples as one batch" : ", or leave passes out");
  }
}
