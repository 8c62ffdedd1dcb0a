package io.similitude.stage;

import io.similitude.comparison.DataComparison;
import io.similitude.comparison.MergedPart;
import io.similitude.plan.PlannedSites;
import io.similitude.plan.SweepPlan;
import io.similitude.store.Part;
import io.similitude.store.RunFolder;
import io.similitude.store.RunWriter;
import io.similitude.store.row.Table;
import io.similitude.store.row.UnitKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a run holds that its spec does not ask for: files of checkpoints, views and batches that are
 * gone, of digests that were superseded, and parts of the similarities that are put together.
 */
public final class Pruning {
  private static final List<Table> TABLES =
      List.of(
          Table.PREDICTIONS,
          Table.ACTIVATIONS,
          Table.INPUTS,
          Table.GRAMS,
          Table.LAYERS,
          Table.MOMENTS,
          Table.TRAINING,
          Table.SIMILARITIES,
          Table.REPLICATES);

  private final SweepRun run;
  private final Map<String, Long> unwanted;
  private final List<MergedPart> mergers;
  private final Map<String, Long> trash;
  private final Instant kept;

  private Pruning(
      SweepRun run,
      Map<String, Long> unwanted,
      List<MergedPart> mergers,
      Map<String, Long> trash,
      Instant kept) {
    this.run = run;
    this.unwanted = unwanted;
    this.mergers = mergers;
    this.trash = trash;
    this.kept = kept;
  }

  /**
   * Looks what there is to do; changes nothing.
   *
   * @param keep how long what is taken out is kept in the trash
   */
  public static Pruning of(SweepRun run, Duration keep) throws IOException {
    Set<UnitKey> done = run.folder().done(run.plan().units());
    List<DataComparison> comparisons = new ArrayList<>();
    List<MergedPart> mergers = new ArrayList<>();
    for (SweepPlan plan : run.plan().byData()) {
      DataComparison comparison = DataComparison.of(plan, done, run.folder());
      comparisons.add(comparison);
      mergers.addAll(comparison.planner().mergers(done, run.folder()));
    }
    Instant kept = Instant.now().minus(keep);
    return new Pruning(
        run, unwanted(run, wanted(run, comparisons)), mergers, run.folder().trash(kept), kept);
  }

  /** Files that nothing asks for, with their sizes in bytes. */
  public Map<String, Long> unwanted() {
    return unwanted;
  }

  /** How many parts are put together, and into how many. */
  public int merged() {
    return mergers.stream().mapToInt(it -> it.from().size()).sum();
  }

  public int wholes() {
    return mergers.size();
  }

  /** What has been in the trash for long enough, with sizes in bytes. */
  public Map<String, Long> trash() {
    return trash;
  }

  /** Takes out what is not wanted, puts parts together, and empties the trash. */
  public void execute() throws IOException {
    RunWriter writer = run.writer();
    writer.emptyTrash(kept);
    for (String path : unwanted.keySet()) {
      writer.moveToTrash(path);
    }
    if (!mergers.isEmpty()) {
      merge(writer);
    }
  }

  /** The q-values are of the same pairs as before, so the table stays complete where it was. */
  private void merge(RunWriter writer) throws IOException {
    Set<Part> parts = new HashSet<>(run.folder().coverages(Set.of()).keySet());
    boolean isComplete = run.folder().isComplete(parts);
    writer.markIncomplete();
    for (MergedPart merger : mergers) {
      writer.merge(merger.from(), merger.part(), merger.coverage());
      parts.removeAll(merger.from());
      parts.add(merger.part());
    }
    if (isComplete) {
      writer.markComplete(parts);
    }
  }

  private static Map<String, Long> unwanted(SweepRun run, Wanted wanted) throws IOException {
    RunFolder folder = run.folder();
    Map<String, Long> files = new TreeMap<>();
    for (Table table : TABLES) {
      files.putAll(folder.tableFiles(table));
    }
    files.putAll(folder.otherFiles());
    files.keySet().removeIf(wanted::has);
    return files;
  }

  private static Wanted wanted(SweepRun run, List<DataComparison> comparisons) {
    Set<String> paths = new HashSet<>();
    SweepPlan plan = run.plan();
    plan.units().forEach(unit -> paths.addAll(unit.paths()));
    for (PlannedSites sites : plan.sites()) {
      paths.add(RunFolder.layersPath(sites.id(), sites.layersDigest()));
    }
    for (DataComparison comparison : comparisons) {
      comparison.planner().moments().forEach(it -> paths.add(it.path()));
      comparison.parts().forEach(part -> paths.addAll(part.paths()));
    }
    for (SweepPlan data : plan.byData()) {
      data.checkpoints().stream()
          .flatMap(checkpoint -> checkpoint.units().stream())
          .flatMap(unit -> unit.crafting().stream())
          .forEach(crafting -> paths.addAll(List.of(crafting.file(), crafting.gradientFile())));
    }
    Set<String> folders = new HashSet<>();
    run.trainings()
        .planned()
        .forEach(
            training -> {
              folders.add(training.epochs().weightsFolder());
              folders.add(Table.TRAINING.folder() + "/checkpoint=" + training.id());
            });
    return new Wanted(paths, folders);
  }

  /**
   * What the spec asks for.
   *
   * @param folders of which all files are wanted
   */
  private record Wanted(Set<String> paths, Set<String> folders) {
    boolean has(String path) {
      return paths.contains(path) || folders.contains(path.substring(0, path.lastIndexOf('/')));
    }
  }
}
