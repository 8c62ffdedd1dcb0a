package io.similitude.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.similitude.execution.HadoopSettings;
import io.similitude.execution.Version;
import io.similitude.input.InputException;
import io.similitude.stage.SweepRun;
import io.similitude.store.row.FailureRow;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A summary of what a command did. It is JSON for the person or program that started the command.
 */
final class RunSummary {
  private RunSummary() {}

  /**
   * Writes the summary to a file. The location is a path or a Hadoop URI.
   *
   * @throws InputException if the file cannot be written
   */
  static void write(String location, String command, SweepRun run, ExitStatus status)
      throws IOException {
    byte[] json =
        new ObjectMapper()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsBytes(tree(command, run, status));
    try {
      HadoopSettings.write(location, json);
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(
          "Cannot write the summary %s: %s (check --summary)".formatted(location, e.getMessage()),
          e);
    }
  }

  static Map<String, Object> tree(String command, SweepRun run, ExitStatus status)
      throws IOException {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("sweep", run.plan().spec().sweep());
    tree.put("command", command);
    tree.put("version", Version.current());
    tree.put("folder", run.folder().location());
    tree.put("exitStatus", status.code());
    tree.put("started", run.started().truncatedTo(ChronoUnit.SECONDS).toString());
    tree.put("finished", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    tree.put("seconds", run.seconds());
    int planned = run.plan().units().size();
    tree.put(
        "units",
        Map.of("planned", planned, "done", run.folder().listing().done(run.plan().units()).size()));
    tree.put("made", run.made());
    tree.put("removedAsDamaged", run.removed());
    tree.put("bytes", bytes(run));
    tree.put("newFailures", run.newFailures().size());
    tree.put("failures", run.failures().stream().map(RunSummary::failure).toList());
    return tree;
  }

  private static Map<String, Object> failure(FailureRow row) {
    Map<String, Object> failure = new LinkedHashMap<>();
    failure.put("checkpoint", row.checkpoint());
    failure.put("view", row.view());
    failure.put("batch", row.batch());
    failure.put("stage", row.stage());
    failure.put("cause", row.cause());
    return failure;
  }

  private static Map<String, Long> bytes(SweepRun run) throws IOException {
    Map<String, Long> bytes = new LinkedHashMap<>();
    for (Table table : List.of(Table.values())) {
      long sum =
          run.folder().listing().tableFiles(table).values().stream()
              .mapToLong(Long::longValue)
              .sum();
      if (sum > 0) {
        bytes.put(table.folder(), sum);
      }
    }
    return bytes;
  }
}
