package io.similitude.spec.reader;

import io.similitude.spec.EvaluationSpec;
import io.similitude.spec.RateSchedule;
import io.similitude.spec.TrainingAttack;
import io.similitude.spec.TrainingMethod;
import io.similitude.spec.TrainingSpec;
import io.similitude.spec.TrainingSpec.AttackMode;
import io.similitude.spec.TrainingSpec.OptimizerSpec;
import io.similitude.spec.TrainingSpec.WeightsFormat;
import io.similitude.spec.ViewSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads one recipe of a training. */
final class RecipeReader {
  static final int MOST_EPOCHS = 100_000;
  private static final int MOST_CROP = 1000;
  private static final double USUAL_BETA = 6;
  private static final int USUAL_BATCH = 128;

  private final List<String> datasets;
  private final List<ViewKind> views;

  /** A reader with the names of the data sets and the views that an evaluation may show. */
  RecipeReader(Collection<String> datasets, List<ViewKind> views) {
    this.datasets = List.copyOf(datasets);
    this.views = List.copyOf(views);
  }

  Optional<TrainingSpec> read(String name, Section recipe) {
    Optional<TrainingMethod> method = recipe.required("method").choice(TrainingMethod.class);
    Optional<String> data = recipe.optional("data").nameOf(datasets);
    Optional<Integer> epochs = recipe.optional("epochs").between(1, MOST_EPOCHS);
    Optional<Integer> batch = recipe.optional("batch").atLeast(1);
    Optional<RateSchedule> schedule = ScheduleReader.read(recipe.optional("schedule"));
    Optional<OptimizerSpec> optimizer = OptimizerReader.read(recipe.optional("optimizer"), method);
    Map<String, Integer> augment = augment(recipe.optional("augment"));
    Optional<Double> smoothing =
        recipe
            .optional("label-smoothing")
            .number("a number from 0 to below 1", it -> it >= 0 && it < 1);
    Optional<EvaluationSpec> evaluation = evaluation(recipe.optional("evaluate"), data);
    Optional<WeightsFormat> format = recipe.optional("format").choice(WeightsFormat.class);
    boolean attacks = method.filter(TrainingMethod::attacks).isPresent();
    if (method.isEmpty()) {
      recipe.allowOthers();
    }
    Optional<TrainingAttack> attack =
        attacks
            ? TrainingAttackReader.read(recipe.optional("attack"), method.get())
            : Optional.empty();
    Optional<AttackMode> mode =
        attacks ? recipe.optional("attack-mode").choice(AttackMode.class) : Optional.empty();
    Optional<Double> beta =
        method.filter(it -> it == TrainingMethod.TRADES).isPresent()
            ? recipe.optional("beta").number("a number above 0", it -> it > 0)
            : Optional.empty();
    if (datasets.isEmpty()) {
      return Optional.empty();
    }
    return recipe.build(
        () ->
            new TrainingSpec(
                name,
                method.orElseThrow(),
                data.orElse(datasets.get(0)),
                epochs.orElse(method.orElseThrow().usualEpochs()),
                batch.orElse(USUAL_BATCH),
                optimizer.orElseThrow(),
                schedule.orElse(ScheduleReader.usual(method.orElseThrow())),
                crop(augment),
                augment.containsKey("flip"),
                smoothing.orElse(0.0),
                attack,
                mode.orElse(AttackMode.EVALUATION),
                beta.orElse(USUAL_BETA),
                evaluation.orElseThrow(),
                format.orElse(WeightsFormat.PTH)));
  }

  private static OptionalInt crop(Map<String, Integer> augment) {
    return augment.containsKey("crop") ? OptionalInt.of(augment.get("crop")) : OptionalInt.empty();
  }

  /** A list of {@code flip} and {@code crop: pixels}. */
  private static Map<String, Integer> augment(SpecValue list) {
    Map<String, Integer> read = new HashMap<>();
    for (SpecValue item : list.items()) {
      if (item.mapping().isPresent()) {
        item.section("an augmentation")
            .flatMap(
                section -> {
                  Optional<Integer> pixels = section.required("crop").between(1, MOST_CROP);
                  return section.build(() -> pixels.orElseThrow());
                })
            .ifPresent(pixels -> read.put("crop", pixels));
      } else {
        item.oneOf(List.of("flip")).ifPresent(word -> read.put(word, 0));
      }
    }
    return read;
  }

  private Optional<EvaluationSpec> evaluation(SpecValue value, Optional<String> data) {
    if (!value.isPresent()) {
      return datasets.isEmpty() || views.isEmpty()
          ? Optional.empty()
          : Optional.of(new EvaluationSpec(usualData(data), usualViews(), 1, OptionalInt.empty()));
    }
    return value.section("evaluate").flatMap(section -> evaluation(section, data));
  }

  private Optional<EvaluationSpec> evaluation(Section evaluate, Optional<String> data) {
    List<String> on = new ArrayList<>();
    for (SpecValue item : evaluate.optional("data").oneOrMore()) {
      item.nameOf(datasets).ifPresent(on::add);
    }
    List<String> known = views.stream().map(ViewKind::id).toList();
    List<String> shown = new ArrayList<>();
    for (SpecValue item : evaluate.optional("views").oneOrMore()) {
      item.nameOf(known).ifPresent(shown::add);
      item.text()
          .filter(id -> views.stream().anyMatch(it -> it.id().equals(id) && it.isTransferred()))
          .ifPresent(id -> item.refuse("is made against another checkpoint (craft-on)"));
    }
    Optional<Integer> every = evaluate.optional("every").atLeast(1);
    Optional<Integer> examples = evaluate.optional("examples").atLeast(1);
    if (datasets.isEmpty()) {
      return Optional.empty();
    }
    return evaluate.build(
        () ->
            new EvaluationSpec(
                on.isEmpty() ? usualData(data) : on,
                shown.isEmpty() ? usualViews() : shown,
                every.orElse(1),
                examples.map(OptionalInt::of).orElseGet(OptionalInt::empty)));
  }

  /** The first data set that is not learned. If there is only one data set, it is that one. */
  private List<String> usualData(Optional<String> learnt) {
    String trained = learnt.orElse(datasets.get(0));
    return List.of(datasets.stream().filter(it -> !it.equals(trained)).findFirst().orElse(trained));
  }

  /**
   * The first view without an attack, and the views whose attack is made against the network
   * itself.
   */
  private List<String> usualViews() {
    List<String> usual = new ArrayList<>();
    views.stream().filter(it -> !it.attacks()).limit(1).forEach(it -> usual.add(it.id()));
    views.stream()
        .filter(it -> it.attacks() && !it.isTransferred())
        .forEach(it -> usual.add(it.id()));
    return usual.isEmpty() ? List.of(ViewSpec.BENIGN.id()) : usual;
  }
}
