package io.similitude.cli;

import io.similitude.attack.Attacks;
import io.similitude.execution.HadoopSettings;
import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import io.similitude.plan.Trainings;
import io.similitude.program.architecture.Architectures;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.reader.SweepReader;
import io.similitude.stage.Pruning;
import io.similitude.stage.RunRecord;
import io.similitude.stage.SweepRun;
import io.similitude.store.RunFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes the files from a run that its spec no longer needs. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    versionProvider = SimilitudeCommand.Provider.class,
    description =
        "Takes out of a run what its spec does not ask for any more, and puts small parts together.")
final class PruneCommand implements Callable<Integer> {
  private static final double MEGABYTE = 1e6;
  private static final int MOST_SPEC_BYTES = 16 << 20;

  @Mixin private RunOption run;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "SPEC",
      description = "What is asked for; if absent, the spec of the run's last command.")
  private String spec;

  @Option(names = "--dry-run", description = "Only say what would be done.")
  private boolean isDry;

  @Option(
      names = "--keep-hours",
      paramLabel = "HOURS",
      defaultValue = "24",
      description =
          "How long what is taken out stays in the run's _trash (default: ${DEFAULT-VALUE}).")
  private int keepHours;

  @Override
  public Integer call() throws IOException {
    RunFolder folder = run.folder("prune");
    FileAccess files = HadoopSettings.files();
    SweepSpec asked = read(folder, files);
    try (SweepRun sweep = SweepRun.open(asked, files, Trainings.Untrained.PLAN, false)) {
      check(folder, sweep);
      Pruning pruning = Pruning.of(sweep, Duration.ofHours(keepHours));
      print(pruning);
      if (!isDry) {
        pruning.execute();
      }
    }
    return ExitStatus.DONE.code();
  }

  private SweepSpec read(RunFolder folder, FileAccess files) {
    String location = spec == null ? folder.location() + "/" + RunRecord.MANIFEST : spec;
    String text =
        spec == null ? RunRecord.spec(folder, files) : files.readText(location, MOST_SPEC_BYTES);
    return new SweepReader(Architectures.parameters(), Attacks.parameters(), files::glob)
        .read(location, text, List.of());
  }

  private void check(RunFolder folder, SweepRun sweep) {
    if (!sweep.folder().location().equals(folder.location())) {
      throw new InputException(
          "Cannot prune %s by %s: the run of that spec is %s (name that run)"
              .formatted(folder.location(), spec, sweep.folder().location()));
    }
    if (!sweep.failures().isEmpty()) {
      throw new InputException(
          "Cannot prune %s: %d of its checkpoints cannot be planned, and their files would look like nobody's; the first: %s: %s (mend them or take them out of the spec)"
              .formatted(
                  folder.location(),
                  sweep.failures().size(),
                  sweep.failures().get(0).checkpoint(),
                  sweep.failures().get(0).cause()));
    }
  }

  private void print(Pruning pruning) {
    TextTable table = new TextTable("not asked for", "files", "MB");
    Map<String, Map<String, Long>> folders = new TreeMap<>();
    pruning
        .unwanted()
        .forEach(
            (path, bytes) ->
                folders
                    .computeIfAbsent(path.substring(0, path.lastIndexOf('/')), k -> new TreeMap<>())
                    .put(path, bytes));
    folders.forEach((name, files) -> table.add(name, files.size(), megabytes(files)));
    System.out.print(table);
    System.out.printf(
        "%s: %d files (%s MB) to _trash, %d parts of the similarities into %d; removed from _trash: %d files (%s MB)%n",
        isDry ? "Would be done" : "Done",
        pruning.unwanted().size(),
        megabytes(pruning.unwanted()),
        pruning.merged(),
        pruning.wholes(),
        pruning.trash().size(),
        megabytes(pruning.trash()));
  }

  private static String megabytes(Map<String, Long> files) {
    return "%.1f".formatted(files.values().stream().mapToLong(Long::longValue).sum() / MEGABYTE);
  }
}
