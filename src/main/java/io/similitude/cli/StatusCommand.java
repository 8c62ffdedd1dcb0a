package io.similitude.cli;

import io.similitude.execution.HadoopSettings;
import io.similitude.execution.Progress;
import io.similitude.stage.CommandRecord;
import io.similitude.stage.RunStatus;
import io.similitude.store.RunFolder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the progress of a run and what the last commands did. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = SimilitudeCommand.Provider.class,
    description =
        "How far a run is: units by state, failures, the last commands; starts no Spark job.")
final class StatusCommand implements Callable<Integer> {
  private static final int COMMANDS = 10;

  @Mixin private RunOption run;

  @Option(
      names = "--all",
      description = "Tell of each checkpoint, and of all commands that are known.")
  private boolean all;

  @Override
  public Integer call() throws IOException {
    RunFolder folder = run.folder("tell the status of");
    RunStatus status = RunStatus.of(folder, HadoopSettings.files());
    RunStatus.Units units = status.all();
    System.out.printf("%s in %s%n", status.sweep(), folder.location());
    System.out.printf(
        "units: %d planned, %d done, %d failed, %d missing; parts of similarities: %d%n",
        units.planned(), units.done(), units.failed(), units.missing(), status.parts());
    if (all) {
      System.out.print(checkpoints(status.units()));
    }
    FailureGroups.lines(status.failures()).forEach(System.out::println);
    System.out.print(commands(status.history()));
    return ExitStatus.DONE.code();
  }

  private static TextTable checkpoints(Map<String, RunStatus.Units> units) {
    TextTable table = new TextTable("checkpoint", "planned", "done", "failed", "missing");
    units.forEach((id, of) -> table.add(id, of.planned(), of.done(), of.failed(), of.missing()));
    return table;
  }

  private TextTable commands(List<CommandRecord> history) {
    TextTable table = new TextTable("command", "started", "took", "made", "failures");
    int from = all ? 0 : Math.max(0, history.size() - COMMANDS);
    history.subList(from, history.size()).forEach(command -> table.add(row(command)));
    return table;
  }

  private static Object[] row(CommandRecord command) {
    long millis = command.finished().toEpochMilli() - command.started().toEpochMilli();
    return new Object[] {
      command.command(),
      command.started(),
      Progress.duration(millis / 1e3),
      made(command.made()),
      command.failures()
    };
  }

  /** Returns a text such as {@code extract 12, compare 3}. */
  private static String made(Map<String, Integer> made) {
    return made.isEmpty()
        ? "-"
        : new TreeMap<>(made)
            .entrySet().stream()
                .map(it -> it.getKey() + " " + it.getValue())
                .collect(Collectors.joining(", "));
  }
}
