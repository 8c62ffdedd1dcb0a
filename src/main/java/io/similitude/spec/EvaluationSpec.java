package io.similitude.spec;

import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;

/**
 * What a training is evaluated on.
 *
 * @param data names of data sets
 * @param views ids of views: how each is shown
 * @param every epochs from one evaluation to the next; the first and the last are always evaluated
 * @param examples of each data set, the first ones; absent: all
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

  /** Whether there is an evaluation after so many epochs. */
  public boolean isAfter(int epoch, int epochs) {
    return epoch % every == 0 || epoch == epochs;
  }

  private Object writeReplace() {
    return new Serialized(data, views, every, examples.isPresent() ? examples.getAsInt() : null);
  }

  /** The same with null for what is absent: an OptionalInt is not serializable. */
  private record Serialized(List<String> data, List<String> views, int every, Integer examples)
      implements Serializable {
    private Object readResolve() {
      return new EvaluationSpec(
          data, views, every, examples == null ? OptionalInt.empty() : OptionalInt.of(examples));
    }
  }
}
