package io.similitude.job;

import static java.util.stream.Collectors.toSet;

import io.similitude.store.Moments;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Makes the moments of the sites that lack them, where the measures need them. */
final class MomentsStage {
  private final SweepRun run;

  MomentsStage(SweepRun run) {
    this.run = run;
  }

  /** Makes those that are missing; returns the blocks that still have none. */
  Set<SiteBlock> execute(ComparisonJob job, List<SiteBlock> blocks) throws IOException {
    if (!job.needsMoments()) {
      return Set.of();
    }
    List<MomentsTask> missing = missing(blocks);
    boolean isSmall = ComparisonCost.ofMoments(job, missing).isSmall();
    List<Outcome> outcomes =
        new ComparisonTasks(run)
            .run("moments", isSmall, job, missing, (shared, task, gpu) -> task.run(shared));
    return IntStream.range(0, missing.size())
        .filter(i -> !outcomes.get(i).isDone())
        .mapToObj(i -> missing.get(i).block())
        .collect(toSet());
  }

  private List<MomentsTask> missing(List<SiteBlock> blocks) throws IOException {
    Set<Moments> present =
        run.folder().presentMoments(blocks.stream().map(SiteBlock::moments).toList());
    return blocks.stream()
        .filter(block -> !present.contains(block.moments()))
        .map(MomentsTask::new)
        .toList();
  }
}
