package io.similitude.plan;

import io.similitude.files.FileAccess;
import io.similitude.files.Fingerprint;
import io.similitude.input.InputException;
import io.similitude.program.Program;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.SweepSpec;
import io.similitude.store.FailureRow;
import io.similitude.store.StageName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /** Those that are there, by id, in the spec's order. */
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

  /** Those that {@link #find} did not find. */
  List<FailureRow> failures() {
    return List.copyOf(failures);
  }

  private FoundCheckpoint find(CheckpointSpec checkpoint) {
    PlannedNetwork network = network(spec.networkOf(checkpoint));
    return new FoundCheckpoint(
        new CheckpointSource(checkpoint, network.source(), sha256(checkpoint, network)), network);
  }

  private String sha256(CheckpointSpec checkpoint, PlannedNetwork network) {
    if (checkpoint.network().isEmpty()) {
      return network.source().sha256();
    }
    if (trainings.isThere(checkpoint)) {
      return new CheckpointFiles(checkpoint, files).sha256();
    }
    if (untrained == Trainings.Untrained.FAIL) {
      throw new InputException(
          "Cannot use checkpoint %s: it is not trained yet (train it first, or see why its training failed)"
              .formatted(checkpoint.id()));
    }
    return new Fingerprint().with("untrained", checkpoint.id()).hex();
  }

  /** A network that a hundred checkpoints share is looked at once, a bad one too. */
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
    NetworkSource source = programs.find(network);
    Program program = programs.program(source);
    labels.forEach(check -> check.check(program.classes()));
    return PlannedNetwork.of(source, program, spec);
  }
}
