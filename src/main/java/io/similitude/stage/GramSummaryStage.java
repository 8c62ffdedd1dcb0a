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

/** Makes the missing moments of sites, if the measures need them. */
final class GramSummaryStage {
  private final SweepRun run;

  GramSummaryStage(SweepRun run) {
    this.run = run;
  }

  /** Makes the missing moments. Returns the blocks that still have no moments. */
  Set<SiteBlock> execute(ComparisonJob job, List<SiteBlock> blocks) throws IOException {
    if (!job.needsMoments()) {
      return Set.of();
    }
    List<SiteBlock> missing = missing(blocks);
    boolean isSmall = ComparisonCost.ofSummaries(job, missing).isSmall();
    List<GramSummaryTask> tasks = missing.stream().map(GramSummaryTask::new).toList();
    List<TaskOutcome> outcomes =
        new ComparisonTasks(run)
            .run("moments", isSmall, job, tasks, (shared, task, gpu) -> task.run(shared));
    return IntStream.range(0, missing.size())
        .filter(i -> !outcomes.get(i).isDone())
        .mapToObj(missing::get)
        .collect(toSet());
  }

  private List<SiteBlock> missing(List<SiteBlock> blocks) throws IOException {
    Set<GramSummaries> present =
        run.folder().listing().presentMoments(blocks.stream().map(SiteBlock::moments).toList());
    return blocks.stream().filter(block -> !present.contains(block.moments())).toList();
  }
}
