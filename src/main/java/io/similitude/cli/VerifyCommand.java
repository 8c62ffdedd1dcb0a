package io.similitude.cli;

import static java.util.stream.Collectors.groupingBy;

import io.similitude.store.RunCheck;
import io.similitude.store.RunFolder;
import io.similitude.store.RunWriter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks whether the files of a run are unchanged since they were written. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    versionProvider = SimilitudeCommand.Provider.class,
    description =
        "Checks every file of a run's tables against its record: bytes, rows, whole units.")
final class VerifyCommand implements Callable<Integer> {
  private static final double MEGABYTE = 1e6;

  @Mixin private RunOption run;

  @Option(names = "--repair", description = "Removes what is damaged, so that run makes it again.")
  private boolean isRepaired;

  @Override
  public Integer call() throws IOException {
    RunFolder folder = run.folder("verify");
    List<RunCheck.Checked> files = RunCheck.check(folder);
    List<RunCheck.Checked> damaged = files.stream().filter(RunCheck.Checked::isDamaged).toList();
    print(files);
    damaged.forEach(file -> System.out.println(file.path() + ": " + file.damage()));
    if (damaged.isEmpty()) {
      return ExitStatus.DONE.code();
    }
    if (isRepaired) {
      drop(folder, damaged);
    }
    System.err.printf(
        "ERROR %d of %d files %s%n",
        damaged.size(),
        files.size(),
        isRepaired
            ? "were damaged or missing; they are removed with what goes with them (run makes them again)"
            : "are damaged or missing (verify --repair removes them, then run makes them again)");
    return ExitStatus.SOME_FAILED.code();
  }

  private static void drop(RunFolder folder, List<RunCheck.Checked> damaged) throws IOException {
    RunWriter writer = folder.startWriting();
    for (RunCheck.Checked file : damaged) {
      writer.upkeep().drop(file.path());
    }
    writer.finish();
  }

  private static void print(List<RunCheck.Checked> files) {
    TextTable table = new TextTable("table", "files", "rows", "MB", "damaged");
    files.stream()
        .collect(groupingBy(RunCheck.Checked::table, LinkedHashMap::new, Collectors.toList()))
        .forEach((name, of) -> table.add(row(name, of)));
    System.out.print(table);
  }

  private static Object[] row(String name, List<RunCheck.Checked> files) {
    long bytes = files.stream().mapToLong(RunCheck.Checked::bytes).sum();
    return new Object[] {
      name,
      files.size(),
      files.stream().mapToLong(RunCheck.Checked::rows).sum(),
      "%.1f".formatted(bytes / MEGABYTE),
      files.stream().filter(RunCheck.Checked::isDamaged).count()
    };
  }
}
