package io.similitude.execution;

/** How a task tells how far it is while it runs. Tasks that may take minutes use it. */
public interface TaskProgress {
  /** Nobody listens. */
  TaskProgress NONE =
      new TaskProgress() {
        @Override
        public void step() {}

        @Override
        public void row() {}
      };

  /** The task has done one more of its {@link Task#steps}. */
  void step();

  /** The task has made one more row of its table. */
  void row();
}
