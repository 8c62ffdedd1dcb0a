package io.similitude.stage;

import io.similitude.analysis.Accuracy;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.ViewSpec;
import io.similitude.store.Tables;
import io.similitude.store.row.RowChoice;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * The accuracy of each checkpoint under each view. For a perturbed view, it also holds the size of
 * the perturbation and how often the perturbation fools the checkpoint. The second number counts
 * only the examples that the checkpoint gets right under the first unperturbed view.
 */
final class Accuracies {
  private final SweepSpec spec;
  private final Tables tables;

  /**
   * @param spec of a sweep over one data set
   */
  Accuracies(SweepSpec spec, Tables tables) {
    this.spec = spec;
    this.tables = tables;
  }

  /** Returns one accuracy for each checkpoint and view that has labels. */
  List<Accuracy> list(List<String> checkpoints, List<String> views) throws IOException {
    RowChoice choice =
        LabelledPrediction.COLUMNS.with("checkpoint", checkpoints).with("view", views);
    String benign = benign();
    Set<String> attacks =
        spec.views().stream()
            .filter(view -> view.attack().isPresent())
            .map(ViewSpec::id)
            .collect(Collectors.toSet());
    return tables
        .group(
            Table.PREDICTIONS,
            choice,
            row -> row.getAs("checkpoint"),
            (checkpoint, rows) -> tallies(checkpoint, benign, rows),
            Tallies.class)
        .stream()
        .flatMap(it -> it.list().stream())
        .map(tally -> tally.accuracy(attacks.contains(tally.view())))
        .toList();
  }

  /** The first unperturbed view; empty if all views are perturbed. */
  private String benign() {
    return spec.views().stream()
        .filter(view -> view.attack().isEmpty())
        .map(ViewSpec::id)
        .findFirst()
        .orElse("");
  }

  /** Counts the predictions of one checkpoint, by view. */
  private static Tallies tallies(String checkpoint, String benign, Iterator<Row> rows) {
    List<LabelledPrediction> predictions = new ArrayList<>();
    Map<Long, Boolean> right = new HashMap<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      if (LabelledPrediction.isLabelled(row)) {
        LabelledPrediction prediction = LabelledPrediction.decode(row);
        predictions.add(prediction);
        if (prediction.view().equals(benign)) {
          right.put(prediction.example(), prediction.correct());
        }
      }
    }
    Map<String, AccuracyTally> tallies = new LinkedHashMap<>();
    for (LabelledPrediction prediction : predictions) {
      tallies
          .computeIfAbsent(prediction.view(), view -> new AccuracyTally(checkpoint, view))
          .add(prediction, right.get(prediction.example()));
    }
    return new Tallies(List.copyOf(tallies.values()));
  }

  /** The tallies of one checkpoint, one for each view. */
  private record Tallies(List<AccuracyTally> list) implements Serializable {}
}
