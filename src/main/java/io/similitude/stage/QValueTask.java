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

/** Writes the q-values of one part, when those of the whole table are known. */
record QValueTask(Part part) implements Task {
  @Override
  public String label() {
    return part.name() + " " + part.digest();
  }

  void run(Job job) throws IOException {
    job.writer().writeQValues(part, job.qValues());
  }

  /** What all parts need for their q-values; it travels as p-values, which are fewer bytes. */
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

    /** Those of the whole table, made once in each process. */
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
