package io.similitude.stage;

import io.similitude.checkpoint.format.CheckpointReader;
import io.similitude.checkpoint.format.StateDictWriter;
import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.files.StagedFile;
import io.similitude.files.TemporaryFolder;
import io.similitude.input.InputException;
import io.similitude.plan.PlannedTraining;
import io.similitude.program.TrainingProgram;
import io.similitude.spec.TrainedSpec;
import io.similitude.spec.TrainingSpec.WeightsFormat;
import io.similitude.store.TrainedEpochs;
import io.similitude.training.TrainingState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of a training: the weights after its epochs, and the momenta after the last epoch. */
final class EpochFiles {
  private final TrainingJob job;
  private final PlannedTraining training;
  private final String ending;

  EpochFiles(TrainingJob job, PlannedTraining training) {
    this.job = job;
    this.training = training;
    this.ending = "." + training.run().recipe().format().keyword();
  }

  /** The SHA-256 digests of the two files of an epoch. */
  record Sums(String weights, String momenta) {}

  Sums write(int epoch, TrainingProgram program, TrainingState state) throws IOException {
    byte[] weights = weights(state.stateDict(program));
    byte[] momenta = pth(state.momenta());
    job.writer().writeFile(weightsPath(epoch), weights);
    job.writer().writeFile(momentaPath(epoch), momenta);
    return new Sums(sha256(weights), sha256(momenta));
  }

  void writeBest(TrainingProgram program, TrainingState state) throws IOException {
    job.writer().writeFile(path(TrainedSpec.BEST + ending), weights(state.stateDict(program)));
  }

  /** Removes the files of the previous epoch that are no longer needed. */
  void removeBefore(int epoch) throws IOException {
    if (epoch > 0) {
      job.writer().upkeep().removeFile(momentaPath(epoch - 1));
      if (!training.run().keeps(epoch - 1)) {
        job.writer().upkeep().removeFile(weightsPath(epoch - 1));
      }
    }
  }

  /**
   * The state after an epoch that is done.
   *
   * @throws InputException if its files have changed since they were written
   */
  TrainingState read(int epoch, TrainedEpochs.Row row, TrainingProgram program, long batches)
      throws IOException {
    StateDict weights = read(weightsPath(epoch), row.weightsSha256());
    StateDict momenta = read(momentaPath(epoch), row.momentaSha256());
    return new TrainingState(
        chosen(program.tensors(), weights), chosen(program.parameters(), momenta), batches);
  }

  private StateDict read(String path, String sha256) throws IOException {
    String location = job.folder().location() + "/" + path;
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      StagedFile staged = job.files().stage(location, folder.path());
      if (!staged.sha256().equals(sha256)) {
        throw new InputException(
            "Cannot go on with training %s: %s is not what it was when it was written (remove the folders %s and training/checkpoint=%s to begin anew)"
                .formatted(training.id(), path, training.epochs().weightsFolder(), training.id()));
      }
      return CheckpointReader.read(staged.path(), location);
    }
  }

  private static StateDict chosen(List<ExpectedTensor> tensors, StateDict all) {
    Map<String, Tensor> chosen = new LinkedHashMap<>();
    tensors.forEach(it -> chosen.put(it.name(), all.get(it.name()).orElseThrow()));
    return new StateDict(chosen);
  }

  private byte[] weights(StateDict state) throws IOException {
    if (training.run().recipe().format() == WeightsFormat.PTH) {
      return pth(state);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StateDictWriter.writeSafetensors(state, bytes);
    return bytes.toByteArray();
  }

  private static byte[] pth(StateDict tensors) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StateDictWriter.writePth(tensors, bytes);
    return bytes.toByteArray();
  }

  private String weightsPath(int epoch) {
    return path("epoch-" + epoch + ending);
  }

  private String momentaPath(int epoch) {
    return path("momenta-" + epoch + ".pth");
  }

  private String path(String file) {
    return training.epochs().weightsFolder() + "/" + file;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }
}
