package io.similitude.execution;

/**
 * How much the tasks of a stage have done inside of them. So a task that takes an hour shows that
 * it goes on.
 *
 * @param steps the steps that were done
 * @param allSteps the steps of all tasks
 * @param rows the rows that were made
 */
public record InnerProgress(long steps, long allSteps, long rows) {
  public static final InnerProgress NONE = new InnerProgress(0, 0, 0);

  /** The part of a line of progress, with a comma before it; empty if nothing was counted. */
  String text() {
    StringBuilder text = new StringBuilder();
    if (steps > 0 && allSteps > 0) {
      // A task that is tried again does its steps again.
      text.append(", %d %% computed".formatted(100 * Math.min(steps, allSteps) / allSteps));
    }
    if (rows > 0) {
      text.append(", %d rows".formatted(rows));
    }
    return text.toString();
  }
}
