package io.similitude.stage;

import static java.util.stream.Collectors.toSet;

import io.similitude.comparison.ComparisonCost;
import io.similitude.comparison.ComparisonJob;
import io.similitude.comparison.gram.GramSummaryTask;
import io.similitude.execution.TaskOutcome;
import io.similitude.plan.SiteBlock;
import io.similitude.store.GramSummaries;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Makes the moments of the sites that lack them, where the measures need them. */
final class GramSummaryStage {
  private final SweepRun run;

  GramSummaryStage(SweepRun run) {
    this.run = run;
  }

  /** Makes those that are missing; returns the blocks that still have none. */
  Set<SiteBlock> execute(ComparisonJob job, List<SiteBlock> blocks) throws IOException {
    if (!job.needsMoments()) {
      return Set.of();
    }
    List<GramSummaryTask> missing = missing(blocks);
    boolean isSmall = ComparisonCost.ofMoments(job, missing).isSmall();
    List<TaskOutcome> outcomes =
        new ComparisonTasks(run)
            .run("moments", isSmall, job, missing, (shared, task, gpu) -> task.run(shared));
    return IntStream.range(0, missing.size())
        .filter(i -> !outcomes.get(i).isDone())
        .mapToObj(i -> missing.get(i).block())
        .collect(toSet());
  }

  private List<GramSummaryTask> missing(List<SiteBlock> blocks) throws IOException {
    Set<GramSummaries> present =
        run.folder().presentMoments(blocks.stream().map(SiteBlock::moments).toList());
    return blocks.stream()
        .filter(block -> !present.contains(block.moments()))
        .map(GramSummaryTask::new)
        .toList();
  }
}
