package io.similitude.stage;

import io.similitude.execution.Task;
import io.similitude.store.Part;
import java.io.IOException;

/** Writes the q-values of one part, when those of the whole table are known. */
record QValueTask(Part part) implements Task {
  @Override
  public String label() {
    return part.name() + " " + part.digest();
  }

  void run(QValueJob job) throws IOException {
    job.writer().writeQValues(part, job.qValues());
  }
}
