package io.similitude.job;

import io.similitude.similarity.Measure;
import io.similitude.similarity.QValues;
import io.similitude.store.RunWriter;
import java.io.Serializable;
import java.util.Map;

/**
 * What all parts need for their q-values.
 *
 * @param table the q-values of the whole table, by measure
 */
record QValueJob(Map<Measure, QValues> table, RunWriter writer) implements Serializable {
  QValueJob {
    table = Map.copyOf(table);
  }
}
