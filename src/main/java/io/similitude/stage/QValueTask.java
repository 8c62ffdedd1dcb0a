package io.similitude.stage;

import static java.util.stream.Collectors.toMap;

import io.similitude.execution.Task;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.significance.PValues;
import io.similitude.similarity.significance.QValues;
import io.similitude.store.Part;
import io.similitude.store.RunWriter;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/** Writes the q-values of one part. The p-values of the whole table must be known. */
record QValueTask(Part part) implements Task {
  @Override
  public String label() {
    return part.name() + " " + part.digest();
  }

  void run(Job job) throws IOException {
    job.writer().writeQValues(part, job.qValues());
  }

  /**
   * The data that all parts need for their q-values. It is sent to executors as p-values, because
   * they take fewer bytes.
   */
  static final class Job implements Serializable {
    private static final long serialVersionUID = 1L;

    private final HashMap<MeasureColumns, PValues> table;
    private final RunWriter writer;
    private transient Map<MeasureColumns, QValues> qValues;

    /**
     * @param table the p-values of the whole table, by measure
     */
    Job(Map<MeasureColumns, PValues> table, RunWriter writer) {
      this.table = new HashMap<>(table);
      this.writer = writer;
    }

    RunWriter writer() {
      return writer;
    }

    /** The q-values of the whole table. Each process computes them once. */
    synchronized Map<MeasureColumns, QValues> qValues() {
      if (qValues == null) {
        qValues =
            table.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().qValues()));
      }
      return qValues;
    }
  }
}
