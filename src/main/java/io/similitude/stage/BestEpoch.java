package io.similitude.stage;

import io.similitude.spec.TrainingSpec;
import io.similitude.spec.ViewSpec;
import io.similitude.store.TrainedEpochs;
import java.util.List;
import java.util.Optional;

/**
 * The accuracy that decides which epoch of a training is the best. It is the accuracy on the first
 * data set that is evaluated. The view is the first view with an attack. If no view has an attack,
 * it is the first view.
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

  /** Finds this accuracy among the rows of an epoch. */
  Optional<Double> score(List<TrainedEpochs.Row> rows) {
    return rows.stream().filter(this::isOf).map(TrainedEpochs.Row::accuracy).findFirst();
  }
}
