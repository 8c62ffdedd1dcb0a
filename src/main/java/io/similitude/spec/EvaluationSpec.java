package io.similitude.spec;

import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;

/**
 * The data and views on which a training is evaluated.
 *
 * @param data names of data sets
 * @param views ids of the views of each data set
 * @param every number of epochs between evaluations; the first and the last epoch are always
 *     evaluated
 * @param examples the number of first examples of each data set; absent: all
 */
public record EvaluationSpec(List<String> data, List<String> views, int every, OptionalInt examples)
    implements Serializable {
  public EvaluationSpec {
    data = List.copyOf(data);
    views = List.copyOf(views);
    if (data.isEmpty() || views.isEmpty() || every < 1) {
      throw new IllegalArgumentException("Invalid evaluation: no data, no view, or never");
    }
  }

  /** Whether there is an evaluation after this number of epochs. */
  public boolean isAfter(int epoch, int epochs) {
    return epoch % every == 0 || epoch == epochs;
  }

  private Object writeReplace() {
    return new Serialized(data, views, every, examples.isPresent() ? examples.getAsInt() : null);
  }

  /** The serialized form, with null for absent parts: an OptionalInt is not serializable. */
  private record Serialized(List<String> data, List<String> views, int every, Integer examples)
      implements Serializable {
    private Object readResolve() {
      return new EvaluationSpec(
          data, views, every, examples == null ? OptionalInt.empty() : OptionalInt.of(examples));
    }
  }
}
