package io.similitude.spec.reader;

import io.similitude.spec.EvaluationSpec;
import io.similitude.spec.RateSchedule;
import io.similitude.spec.TrainingAttack;
import io.similitude.spec.TrainingMethod;
import io.similitude.spec.TrainingSpec;
import io.similitude.spec.TrainingSpec.OptimizerSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a recipe in the format of the spec. */
final class RecipeWriter {
  private RecipeWriter() {}

  static Map<String, Object> tree(TrainingSpec recipe) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("method", recipe.method().keyword());
    tree.put("data", recipe.data());
    tree.put("epochs", recipe.epochs());
    tree.put("batch", recipe.batch());
    tree.put("optimizer", Map.of("sgd", sgd(recipe.optimizer())));
    tree.put("schedule", schedule(recipe.schedule()));
    List<Object> augment = new ArrayList<>();
    recipe.crop().ifPresent(pixels -> augment.add(Map.of("crop", pixels)));
    if (recipe.flip()) {
      augment.add("flip");
    }
    tree.put("augment", augment);
    tree.put("label-smoothing", recipe.labelSmoothing());
    recipe
        .attack()
        .ifPresent(
            attack -> {
              tree.put("attack", attack(attack));
              tree.put("attack-mode", recipe.attackMode().keyword());
            });
    if (recipe.method() == TrainingMethod.TRADES) {
      tree.put("beta", recipe.beta());
    }
    tree.put("evaluate", evaluation(recipe.evaluation()));
    tree.put("format", recipe.format().keyword());
    return tree;
  }

  private static Map<String, Object> sgd(OptimizerSpec optimizer) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("rate", optimizer.rate());
    tree.put("momentum", optimizer.momentum());
    tree.put("weight-decay", optimizer.weightDecay());
    tree.put("nesterov", optimizer.nesterov());
    return tree;
  }

  private static Object schedule(RateSchedule schedule) {
    if (schedule instanceof RateSchedule.Piecewise piecewise) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("at", piecewise.at());
      tree.put("factor", piecewise.factor());
      return Map.of("piecewise", tree);
    }
    if (schedule instanceof RateSchedule.Cyclic cyclic) {
      return Map.of("cyclic", Map.of("peak", cyclic.peak()));
    }
    return schedule instanceof RateSchedule.Cosine ? "cosine" : "constant";
  }

  private static Map<String, Object> attack(TrainingAttack attack) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("attack", attack.name());
    tree.put("epsilon", attack.epsilon());
    tree.put("step-size", attack.stepSize());
    tree.put("steps", attack.steps());
    tree.put("random-start", attack.randomStart());
    return tree;
  }

  private static Map<String, Object> evaluation(EvaluationSpec evaluation) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("data", evaluation.data());
    tree.put("views", evaluation.views());
    tree.put("every", evaluation.every());
    evaluation.examples().ifPresent(count -> tree.put("examples", count));
    return tree;
  }
}
