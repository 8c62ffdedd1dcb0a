package io.similitude.plan;

import io.similitude.program.LayerSelection;
import io.similitude.program.Program;
import io.similitude.spec.Activations;
import io.similitude.spec.Features;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.Normalization;
import io.similitude.spec.SweepSpec;
import java.util.ArrayList;
import java.util.List;

/** Notes for the user on how a network is used. */
final class NetworkNotes {
  private final NetworkSpec network;
  private final Program program;
  private final SweepSpec spec;

  NetworkNotes(NetworkSpec network, Program program, SweepSpec spec) {
    this.network = network;
    this.program = program;
    this.spec = spec;
  }

  /** The notes, one sentence each. */
  List<String> list() {
    List<String> notes = new ArrayList<>();
    Normalization normalization = network.normalization();
    if (normalization.isFromCheckpoint() && !normalization.isNone()) {
      notes.add(
          "Network %s: the input is normalised by the numbers in the checkpoint's file, %s"
              .formatted(network.name(), normalization));
    }
    program.batchDependence().map(this::batchDependence).ifPresent(notes::add);
    program.fixedBatch().ifPresent(batch -> notes.add(fixedBatch(batch)));
    program
        .remarks()
        .forEach(remark -> notes.add("Network %s: %s".formatted(network.name(), remark)));
    String notPooled = LayerSelection.notPooled(spec.layers(), program.layers());
    if (!notPooled.isEmpty() && spec.layers().features() == Features.POOLED) {
      notes.add(notPooled(notPooled, "they are left out"));
    } else if (!notPooled.isEmpty() && spec.activations() == Activations.POOLED) {
      notes.add(notPooled(notPooled, "their pooled activations are not kept"));
    }
    return notes;
  }

  private String fixedBatch(int batch) {
    return "Network %s: it was exported for batches of exactly %d: shown in passes of %d, of which the last is filled up (export it with a free batch; docs/exported.md)"
        .formatted(network.name(), batch, batch);
  }

  private String batchDependence(String why) {
    return "Network %s: each whole batch of %d examples is shown at once, because %s"
        .formatted(network.name(), spec.batch(), why);
  }

  private String notPooled(String layers, String consequence) {
    return "Network %s: the dimension of the features of %s is unknown; %s (name them in layers: channels-first or channels-last)"
        .formatted(network.name(), layers, consequence);
  }
}
