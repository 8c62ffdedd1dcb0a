package io.similitude.stage;

import io.similitude.analysis.finding.DominanceSummary;
import io.similitude.analysis.finding.ExampleSummaries;
import io.similitude.analysis.finding.InfluenceSummary;
import io.similitude.plan.SiteBlock;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.Measures;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.FindingsSpec;
import io.similitude.spec.ViewSpec;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.store.RunFolder;
import io.similitude.store.row.UnitKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The findings that need the Gram matrices of a sweep, not only the similarities. There is one task
 * for each network and view.
 */
record GramFindings(List<ExampleSummaries> results) {
  GramFindings {
    results = List.copyOf(results);
  }

  static GramFindings read(SweepRun run, FindingsSpec settings) throws IOException {
    Optional<MeasureColumns> measure =
        run.plan().spec().similarities().stream()
            .filter(MeasureSpec.CKA::equals)
            .map(Measures::name)
            .findFirst();
    boolean isWanted = settings.readsGrams(run.plan().spec().checkpoints().size());
    List<GramFindingsTask> tasks =
        measure.isPresent() && isWanted ? tasks(run, measure.get(), settings) : List.of();
    return new GramFindings(tasks.isEmpty() ? List.of() : results(run, tasks));
  }

  List<ExampleSummaries> failures() {
    return results.stream().filter(it -> it.failure() != null).toList();
  }

  List<DominanceSummary> dominances() {
    return results.stream().map(ExampleSummaries::dominance).filter(Objects::nonNull).toList();
  }

  List<InfluenceSummary> influences() {
    return results.stream().flatMap(it -> it.influences().stream()).toList();
  }

  private static List<GramFindingsTask> tasks(
      SweepRun run, MeasureColumns measure, FindingsSpec settings) throws IOException {
    Set<UnitKey> done = run.folder().listing().done(run.plan().units());
    List<SiteBlock> blocks =
        run.plan().byData().stream()
            .flatMap(it -> it.blocks(done).stream())
            .filter(it -> it.layers().size() > 1)
            .toList();
    List<ViewSpec> views = run.plan().spec().views();
    List<GramFindingsTask> tasks = new ArrayList<>();
    for (CheckpointSpec checkpoint : run.plan().spec().checkpoints()) {
      List<SiteBlock> own =
          blocks.stream().filter(it -> it.checkpoint().equals(checkpoint.id())).toList();
      for (ViewSpec view : views) {
        find(own, view.id())
            .ifPresent(shown -> tasks.add(task(shown, plain(own, views, view), measure, settings)));
      }
    }
    return tasks;
  }

  private static GramFindingsTask task(
      SiteBlock shown, SiteBlock plain, MeasureColumns measure, FindingsSpec settings) {
    return new GramFindingsTask(shown, plain, measure, settings);
  }

  /**
   * For a view with an attack, the block of the same network without attack. It is null if it does
   * not exist.
   */
  private static SiteBlock plain(List<SiteBlock> own, List<ViewSpec> views, ViewSpec view) {
    if (view.attack().isEmpty()) {
      return null;
    }
    return views.stream()
        .filter(it -> it.attack().isEmpty() && it.data().equals(view.data()))
        .flatMap(it -> find(own, it.id()).stream())
        .findFirst()
        .orElse(null);
  }

  private static Optional<SiteBlock> find(List<SiteBlock> blocks, String view) {
    return blocks.stream().filter(it -> it.view().equals(view)).findFirst();
  }

  private static List<ExampleSummaries> results(SweepRun run, List<GramFindingsTask> tasks) {
    RunFolder folder = run.folder();
    return run.context().parallelize(tasks, tasks.size()).map(task -> task.run(folder)).collect();
  }
}
