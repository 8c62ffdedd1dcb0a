package io.similitude.stage;

import io.similitude.analysis.TrainingCurves;
import io.similitude.analysis.TrainingCurves.Line;
import io.similitude.analysis.TrainingCurves.Point;
import io.similitude.plan.PlannedTraining;
import io.similitude.spec.ViewSpec;
import io.similitude.store.RunFolder;
import io.similitude.store.TrainedEpochs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the history of trainings from the table {@code training}, for the report. */
final class TrainingHistory {
  private final RunFolder folder;
  private final List<ViewSpec> views;

  TrainingHistory(RunFolder folder, List<ViewSpec> views) {
    this.folder = folder;
    this.views = views;
  }

  /** The curves of the trainings that have begun, in the order of the trainings. */
  List<TrainingCurves> of(List<PlannedTraining> trainings) throws IOException {
    Map<String, Integer> last =
        folder.listing().lastEpochs(trainings.stream().map(PlannedTraining::epochs).toList());
    List<TrainingCurves> curves = new ArrayList<>();
    for (PlannedTraining training : trainings) {
      if (last.containsKey(training.id())) {
        curves(training, last.get(training.id())).ifPresent(curves::add);
      }
    }
    return curves;
  }

  private Optional<TrainingCurves> curves(PlannedTraining training, int last) throws IOException {
    BestEpoch decisive = BestEpoch.of(training.run().recipe(), views);
    Map<String, List<Point>> lines = new LinkedHashMap<>();
    String chosenBy = name(decisive.data(), decisive.view());
    OptionalInt best = OptionalInt.empty();
    double most = -1;
    for (int epoch = 0; epoch <= last; epoch++) {
      List<TrainedEpochs.Row> rows = folder.trainingRows(training.epochs(), epoch);
      for (TrainedEpochs.Row row : rows) {
        lines
            .computeIfAbsent(name(row.data(), row.view()), name -> new ArrayList<>())
            .add(new Point(epoch, row.loss(), row.accuracy()));
      }
      double score = decisive.score(rows).orElse(-1.0);
      if (epoch > 0 && score > most) {
        most = score;
        best = OptionalInt.of(epoch);
      }
    }
    List<Line> drawn = new ArrayList<>();
    lines.forEach((name, points) -> drawn.add(new Line(name, points)));
    int place = Math.max(0, List.copyOf(lines.keySet()).indexOf(chosenBy));
    return drawn.isEmpty()
        ? Optional.empty()
        : Optional.of(new TrainingCurves(training.id(), drawn, place, best));
  }

  private static String name(String data, String view) {
    return view == null ? data + ", in the steps" : data + ", " + view;
  }
}
