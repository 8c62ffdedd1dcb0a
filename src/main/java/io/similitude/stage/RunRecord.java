package io.similitude.stage;

import com.fasterxml.jackson.databind.JsonNode;
import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import io.similitude.store.DamagedFile;
import io.similitude.store.RunFolder;
import io.similitude.store.row.FailureRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that a command writes about itself into the run's folder: the failures and the
 * manifest.
 */
public final class RunRecord {
  /** The path of the manifest in the run's folder. */
  public static final String MANIFEST = "manifest.json";

  private static final Logger LOG = LoggerFactory.getLogger(RunRecord.class);

  private final SweepRun run;

  public RunRecord(SweepRun run) {
    this.run = run;
  }

  /**
   * Reads the spec of the last command from the manifest.
   *
   * @throws InputException if the manifest has no spec
   */
  public static String spec(RunFolder folder, FileAccess files) {
    JsonNode spec = Manifest.read(folder.location(), files).path("spec");
    if (spec.isMissingNode()) {
      throw new InputException(
          "Cannot read the spec of %s: its %s is damaged (name the spec)"
              .formatted(folder.location(), MANIFEST));
    }
    return spec.toString();
  }

  /**
   * Whether an earlier command has already written the report of the same inputs, and the same work
   * failed for the same reasons.
   */
  public boolean isCurrent(String command) throws IOException {
    List<FailureRow> before = failuresBefore();
    run.failedBefore(before);
    return Set.copyOf(run.failures()).equals(Set.copyOf(before))
        && run.files().exists(run.folder().location() + "/" + SweepRun.REPORT_INDEX)
        && Manifest.isCurrent(run, command);
  }

  /**
   * Writes the failures and the manifest.
   *
   * @param stages the stages that the command ran; recorded failures of other stages stay
   */
  public void write(String command, List<String> stages) throws IOException {
    List<FailureRow> before = failuresBefore();
    run.failedBefore(before);
    List<FailureRow> all =
        new ArrayList<>(before.stream().filter(row -> !stages.contains(row.stage())).toList());
    all.addAll(run.failures());
    run.writer().replaceFailures(all);
    Manifest.write(run, command);
  }

  private List<FailureRow> failuresBefore() throws IOException {
    try {
      return run.folder().failures();
    } catch (DamagedFile e) {
      LOG.warn("The failures of the command before are lost: {}", e.getMessage());
      return List.of();
    }
  }
}
