package io.similitude.stage;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import io.similitude.analysis.Accuracy;
import io.similitude.analysis.AttackSuccess;
import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.GradientMasking;
import io.similitude.analysis.PerturbationSize;
import io.similitude.attack.GradientState;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.ViewSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The accuracy of each checkpoint under each view. For a perturbed view, it also holds the size of
 * the perturbation and how often the perturbation fools the checkpoint. The second number counts
 * only the examples that the checkpoint gets right under the first unperturbed view.
 */
final class Accuracies {
  private final SweepSpec spec;
  private final Dataset<Row> predictions;

  /**
   * @param predictions the predictions for the plan's checkpoints and views
   */
  Accuracies(SweepSpec spec, Dataset<Row> predictions) {
    this.spec = spec;
    this.predictions = predictions.filter(col("correct").isNotNull());
  }

  /** Returns one accuracy for each checkpoint and view that has labels. */
  List<Accuracy> list() {
    Set<String> attacks =
        spec.views().stream()
            .filter(view -> view.attack().isPresent())
            .map(ViewSpec::id)
            .collect(Collectors.toSet());
    return withBenign()
        .groupBy("checkpoint", "view")
        .agg(
            number(col("correct")).as("correct"),
            count(lit(1)).as("examples"),
            number(col("right")).as("right"),
            number(col("right").and(not(col("correct")))).as("fooled"),
            max("perturbation_linf").cast("double").as("linf"),
            avg(col("perturbation_l2").cast("double")).as("l2"),
            count(col("gradient")).as("gradients"),
            met(GradientState.ZERO).as("zero"),
            met(GradientState.NOT_FINITE).as("not_finite"))
        .collectAsList()
        .stream()
        .map(row -> accuracy(row, attacks.contains(row.<String>getAs("view"))))
        .toList();
  }

  /**
   * Adds a column {@code right} to the predictions. It says whether the checkpoint gets the
   * unperturbed example right.
   */
  private Dataset<Row> withBenign() {
    List<String> benign =
        spec.views().stream()
            .filter(view -> view.attack().isEmpty())
            .map(ViewSpec::id)
            .limit(1)
            .toList();
    Dataset<Row> right =
        predictions
            .filter(col("view").isin(benign.toArray()))
            .select(
                col("checkpoint").as("of"), col("example_id").as("id"), col("correct").as("right"));
    return predictions.join(
        right,
        col("checkpoint").equalTo(col("of")).and(col("example_id").equalTo(col("id"))),
        "left");
  }

  private static Accuracy accuracy(Row row, boolean isAttack) {
    Accuracy accuracy =
        new Accuracy(
            new CheckpointView(row.getAs("checkpoint"), row.getAs("view")),
            row.<Long>getAs("correct"),
            row.<Long>getAs("examples"));
    if (!isAttack) {
      return accuracy;
    }
    Accuracy measured =
        accuracy.with(new PerturbationSize(row.<Double>getAs("linf"), row.<Double>getAs("l2")));
    if (row.<Long>getAs("gradients") > 0) {
      measured =
          measured.with(
              new GradientMasking(
                  row.<Long>getAs("zero"),
                  row.<Long>getAs("not_finite"),
                  row.<Long>getAs("examples")));
    }
    Long right = row.getAs("right");
    return right == null
        ? measured
        : measured.with(new AttackSuccess(row.<Long>getAs("fooled"), right));
  }

  /** The number of examples at which an attack met this state of the gradient. */
  private static Column met(GradientState state) {
    return number(coalesce(col("gradient").equalTo(state.keyword()), lit(false)));
  }

  private static Column number(Column truth) {
    return sum(truth.cast("long"));
  }
}
