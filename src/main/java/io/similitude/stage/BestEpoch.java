package io.similitude.stage;

import io.similitude.spec.TrainingSpec;
import io.similitude.spec.ViewSpec;
import io.similitude.store.TrainedEpochs;
import java.util.List;
import java.util.Optional;

/**
 * What the best epoch of a training is chosen by: the accuracy on the first data set that is
 * evaluated, under the first view with an attack, or the first view where none has one.
 */
record BestEpoch(String data, String view) {
  static BestEpoch of(TrainingSpec recipe, List<ViewSpec> views) {
    List<String> evaluated = recipe.evaluation().views();
    String decisive =
        evaluated.stream().filter(id -> isAttacked(id, views)).findFirst().orElse(evaluated.get(0));
    return new BestEpoch(recipe.evaluation().data().get(0), decisive);
  }

  private static boolean isAttacked(String id, List<ViewSpec> views) {
    return views.stream().anyMatch(view -> view.id().equals(id) && view.attack().isPresent());
  }

  boolean isOf(TrainedEpochs.Row row) {
    return row.data().equals(data) && view.equals(row.view());
  }

  /** The accuracy among the rows of an epoch. */
  Optional<Double> score(List<TrainedEpochs.Row> rows) {
    return rows.stream().filter(this::isOf).map(TrainedEpochs.Row::accuracy).findFirst();
  }
}
