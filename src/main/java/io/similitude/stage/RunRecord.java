package io.similitude.stage;

import io.similitude.store.row.FailureRow;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/** What a command leaves written down in the run's folder: the failures and the manifest. */
public final class RunRecord {
  /** The manifest, in the run's folder. */
  public static final String MANIFEST = "manifest.json";

  private final SweepRun run;

  public RunRecord(SweepRun run) {
    this.run = run;
  }

  /** Whether nothing failed, and an earlier command has left the report of the same inputs here. */
  public boolean isCurrent(String command) throws IOException {
    return run.failures().isEmpty()
        && run.files().exists(run.folder().location() + "/" + SweepRun.REPORT_INDEX)
        && Manifest.isCurrent(run, command);
  }

  /**
   * Writes the failures and the manifest.
   *
   * @param stages the stages that the command ran; failures of other stages stay
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
    if (!run.files().exists(run.folder().location() + "/" + Table.FAILURES.folder())) {
      return List.of();
    }
    return run.tables().open(Table.FAILURES).collectAsList().stream()
        .map(RunRecord::failure)
        .toList();
  }

  private static FailureRow failure(Row row) {
    return new FailureRow(
        row.getAs("checkpoint"),
        row.getAs("view"),
        row.getAs("batch"),
        row.getAs("stage"),
        row.getAs("cause"));
  }
}
