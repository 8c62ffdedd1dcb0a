package io.similitude.plan;

import io.similitude.checkpoint.exported.CheckpointWeights;
import io.similitude.checkpoint.format.WeightsFile;
import io.similitude.files.FileAccess;
import io.similitude.files.Fingerprint;
import io.similitude.files.TemporaryFolder;
import io.similitude.input.InputException;
import io.similitude.program.Program;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.Normalization;
import io.similitude.spec.SweepSpec;
import io.similitude.store.StageName;
import io.similitude.store.row.FailureRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the files of all checkpoints and the programs of their networks, on the driver. */
final class CheckpointFinder {
  private final SweepSpec spec;
  private final FileAccess files;
  private final NetworkPrograms programs;
  private final List<LabelCheck> labels;
  private final Trainings trainings;
  private final Trainings.Untrained untrained;
  private final Map<NetworkSpec, PlannedNetwork> networks = new HashMap<>();
  private final Map<NetworkSpec, String> refused = new HashMap<>();
  private final List<FailureRow> failures = new ArrayList<>();
  private final Set<String> misfits = new LinkedHashSet<>();

  CheckpointFinder(
      SweepSpec spec,
      FileAccess files,
      NetworkPrograms programs,
      List<LabelCheck> labels,
      Trainings trainings,
      Trainings.Untrained untrained) {
    this.trainings = trainings;
    this.untrained = untrained;
    this.spec = spec;
    this.files = files;
    this.programs = programs;
    this.labels = List.copyOf(labels);
  }

  /** The checkpoints that exist, by id, in the order of the spec. */
  Map<String, FoundCheckpoint> find() {
    Map<String, FoundCheckpoint> found = new LinkedHashMap<>();
    for (CheckpointSpec checkpoint : spec.checkpoints()) {
      try {
        found.put(checkpoint.id(), find(checkpoint));
      } catch (InputException e) {
        failures.add(FailureRow.of(checkpoint.id(), StageName.PLAN, e.getMessage()));
      }
    }
    return found;
  }

  /** The checkpoints that {@link #find} did not find. */
  List<FailureRow> failures() {
    return List.copyOf(failures);
  }

  /** The checkpoints whose files exist but hold no weights that fit their networks. */
  Set<String> misfits() {
    return Set.copyOf(misfits);
  }

  private FoundCheckpoint find(CheckpointSpec checkpoint) {
    PlannedNetwork network = network(spec.networkOf(checkpoint));
    if (checkpoint.network().isEmpty()) {
      return found(checkpoint, network, network.source().sha256());
    }
    if (trainings.isThere(checkpoint)) {
      return trained(checkpoint, network);
    }
    if (untrained == Trainings.Untrained.FAIL) {
      throw new InputException(
          "Cannot use checkpoint %s: it is not trained yet (train it first, or see why its training failed)"
              .formatted(checkpoint.id()));
    }
    String planned = new Fingerprint().with("untrained", checkpoint.id()).hex();
    return found(checkpoint, network, planned);
  }

  private FoundCheckpoint trained(CheckpointSpec checkpoint, PlannedNetwork network) {
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      CheckpointFiles.Staged staged = new CheckpointFiles(checkpoint, files).stage(folder.path());
      misfits.add(checkpoint.id());
      PlannedNetwork fitting = fitting(checkpoint, network, staged.file());
      misfits.remove(checkpoint.id());
      return found(checkpoint, fitting, staged.sha256());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FoundCheckpoint found(
      CheckpointSpec checkpoint, PlannedNetwork network, String sha256) {
    return new FoundCheckpoint(new CheckpointSource(checkpoint, network.source(), sha256), network);
  }

  /**
   * The network with the normalisation from the checkpoint's file, if the spec says to take it from
   * there.
   */
  private PlannedNetwork fitting(
      CheckpointSpec checkpoint, PlannedNetwork network, WeightsFile file) {
    Optional<Normalization> there =
        CheckpointWeights.check(checkpoint.id(), file, network.weights());
    Normalization said = network.source().spec().normalization();
    if (said.isFromCheckpoint() && there.isEmpty()) {
      throw new InputException(
          "Cannot use checkpoint %s: %s has no mean and deviation, and its network says normalize: checkpoint (write normalize: {mean: [...], std: [...]}, or leave it out)"
              .formatted(checkpoint.id(), checkpoint.weights()));
    }
    return said.isNone() && there.isPresent()
        ? network(network.source().spec().withNormalization(there.get()))
        : network;
  }

  /**
   * Returns the network. A network that many checkpoints share is read only once, even if it is
   * broken.
   */
  private PlannedNetwork network(NetworkSpec network) {
    if (refused.containsKey(network)) {
      throw new InputException(refused.get(network));
    }
    try {
      return networks.computeIfAbsent(network, this::load);
    } catch (InputException e) {
      refused.put(network, e.getMessage());
      throw e;
    }
  }

  private PlannedNetwork load(NetworkSpec network) {
    CheckpointSource.NetworkSource source = programs.find(network);
    Program program = programs.program(source);
    labels.forEach(check -> check.check(program.classes()));
    return PlannedNetwork.of(source, program, spec);
  }
}
