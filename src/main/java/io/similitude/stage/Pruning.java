package io.similitude.stage;

import io.similitude.comparison.DataComparison;
import io.similitude.comparison.MergedPart;
import io.similitude.plan.PlannedSites;
import io.similitude.plan.RememberedEnds;
import io.similitude.plan.SweepPlan;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.significance.PValues;
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
 * The files that a run holds but its spec does not need. Some belong to checkpoints, views and
 * batches that the spec no longer has. Some belong to old digests. It also merges parts of the
 * similarities.
 */
public final class Pruning {
  private static final List<Table> TABLES =
      List.of(
          Table.PREDICTIONS,
          Table.ACTIVATIONS,
          Table.INPUTS,
          Table.GRAMS,
          Table.LAYERS,
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
   * Finds out what there is to do. It changes nothing.
   *
   * @param keep how long removed files stay in the trash
   */
  public static Pruning of(SweepRun run, Duration keep) throws IOException {
    Set<UnitKey> done = run.folder().listing().done(run.plan().units());
    List<DataComparison> comparisons = new ArrayList<>();
    List<MergedPart> mergers = new ArrayList<>();
    for (SweepPlan plan : run.plan().byData()) {
      DataComparison comparison = DataComparison.of(plan, done, run.folder());
      comparisons.add(comparison);
      mergers.addAll(comparison.planner().mergers(done, run.folder()));
    }
    Instant kept = Instant.now().minus(keep);
    return new Pruning(
        run,
        unwanted(run, wanted(run, comparisons)),
        mergers,
        run.folder().listing().trash(kept),
        kept);
  }

  /** The files that the spec does not need, with their sizes in bytes. */
  public Map<String, Long> unwanted() {
    return unwanted;
  }

  /**
   * The number of parts that are merged. {@link #wholes} returns the number of parts that result.
   */
  public int merged() {
    return mergers.stream().mapToInt(it -> it.from().size()).sum();
  }

  public int wholes() {
    return mergers.size();
  }

  /** The files that have been in the trash long enough, with their sizes in bytes. */
  public Map<String, Long> trash() {
    return trash;
  }

  /**
   * Removes the files that are not needed, merges parts, and deletes the old files in the trash.
   */
  public void execute() throws IOException {
    RunWriter writer = run.writer();
    writer.upkeep().emptyTrash(kept);
    for (String path : unwanted.keySet()) {
      writer.upkeep().moveToTrash(path);
    }
    if (!mergers.isEmpty()) {
      merge(writer);
    }
  }

  /** Merges the parts. They hold the same pairs as before, so the q-values stay. */
  private void merge(RunWriter writer) throws IOException {
    Set<Part> parts = new HashSet<>(run.folder().coverages(Set.of()).keySet());
    boolean isComplete = run.folder().listing().isComplete(parts);
    Map<MeasureColumns, PValues> counted = isComplete ? run.folder().pValues() : Map.of();
    for (MergedPart merger : mergers) {
      writer.upkeep().merge(merger.from(), merger.part(), merger.coverage());
      parts.removeAll(merger.from());
      parts.add(merger.part());
    }
    if (isComplete) {
      writer.removeQValues();
      writer.writeQValues(parts, counted);
    }
  }

  private static Map<String, Long> unwanted(SweepRun run, Wanted wanted) throws IOException {
    RunFolder folder = run.folder();
    Map<String, Long> files = new TreeMap<>();
    for (Table table : TABLES) {
      files.putAll(folder.listing().tableFiles(table));
    }
    files.putAll(folder.listing().otherFiles());
    files.putAll(folder.listing().formerFiles());
    files.keySet().removeIf(wanted::has);
    if (files.keySet().stream().anyMatch(it -> it.startsWith(Table.SIMILARITIES.folder() + "/"))) {
      // They count these pairs too.
      files.putAll(folder.listing().tableFiles(Table.Q_VALUES));
    }
    return files;
  }

  private static Wanted wanted(SweepRun run, List<DataComparison> comparisons) {
    Set<String> paths = new HashSet<>();
    SweepPlan plan = run.plan();
    plan.units().forEach(unit -> paths.addAll(unit.paths()));
    plan.units().forEach(unit -> paths.add(RememberedEnds.path(unit.digest())));
    for (PlannedSites sites : plan.sites()) {
      paths.add(RunFolder.layersPath(sites.id(), sites.layersDigest()));
    }
    for (DataComparison comparison : comparisons) {
      comparison.parts().forEach(part -> paths.addAll(part.paths()));
    }
    for (SweepPlan data : plan.byData()) {
      data.checkpoints().stream()
          .flatMap(checkpoint -> checkpoint.units().stream())
          .flatMap(unit -> unit.crafting().stream())
          .forEach(
              crafting ->
                  paths.addAll(
                      List.of(
                          crafting.file(),
                          crafting.gradientFile(),
                          RememberedEnds.path(crafting.digest()))));
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
   * The files that the spec needs.
   *
   * @param folders the folders whose files are all needed
   */
  private record Wanted(Set<String> paths, Set<String> folders) {
    boolean has(String path) {
      return paths.contains(path) || folders.contains(path.substring(0, path.lastIndexOf('/')));
    }
  }
}
