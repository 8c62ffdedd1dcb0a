package io.similitude.plan;

import static java.util.stream.Collectors.toCollection;

import io.similitude.attack.Attacks;
import io.similitude.dataset.Batches;
import io.similitude.dataset.Dataset;
import io.similitude.dataset.image.ImageShape;
import io.similitude.input.InputException;
import io.similitude.input.InvalidSpecException;
import io.similitude.program.LayerSelection;
import io.similitude.program.architecture.Architectures;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.ViewSpec;
import io.similitude.spec.measure.MeasureSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects all errors of a sweep that can be found before it starts, so that they are reported
 * together.
 */
final class SweepChecks {
  private final SweepSpec spec;
  private final List<String> problems = new ArrayList<>();

  SweepChecks(SweepSpec spec) {
    this.spec = spec;
  }

  /**
   * Checks the built-in networks that checkpoints use. Exported networks are not checked here,
   * because their properties are known only from their files. A wrong file makes its own
   * checkpoints fail.
   */
  void networks(ImageShape shape) {
    Set<NetworkSpec> used =
        spec.checkpoints().stream().map(spec::networkOf).collect(toCollection(LinkedHashSet::new));
    for (NetworkSpec network : used) {
      if (network instanceof NetworkSpec.BuiltIn builtIn) {
        check(
            () ->
                LayerSelection.choose(
                    spec.layers(), Architectures.program(builtIn, shape).layers()));
      }
    }
  }

  /**
   * Checks the attacks of all views.
   *
   * @param labelled whether the data set has labels
   */
  void attacks(boolean labelled) {
    for (ViewSpec view : spec.views()) {
      if (view.attack().isPresent()) {
        check(() -> attack(view, labelled));
      }
    }
  }

  private static void attack(ViewSpec view, boolean labelled) {
    if (Attacks.create(view).usesLabels() && !labelled) {
      throw new InputException(
          "Cannot show view %s: the attack %s needs labels, and the data set has none (add labels, or show it under noise)"
              .formatted(view.id(), view.attack().orElseThrow().name()));
    }
  }

  /** Checks the pixels that networks are shown. */
  void pixels(Dataset dataset, long... examples) {
    if (!spec.checkpoints().isEmpty()
        && spec.dataset().orElseThrow().checks(DatasetSpec.Check.PIXELS)) {
      check(() -> dataset.requireUnitPixels(examples));
    }
  }

  /** Checks that the measures can be estimated with this number of batches. */
  void estimators(Batches batches) {
    int parts = batches.batches().size() + Math.min(1, batches.leftOut());
    for (MeasureSpec similarity : spec.similarities()) {
      String metric = similarity.metric().keyword();
      if (similarity.isExact() && parts > 1 && !similarity.given().isEmpty()) {
        problems.add(
            "Cannot estimate %s given %s exactly over %d batches: given representations are partialled out batch by batch (batch: as many as the examples, or estimator: minibatch)"
                .formatted(metric, String.join(", ", similarity.given()), parts));
      }
      if (similarity.passes() > 1 && batches.batches().size() == 1) {
        problems.add(
            "Cannot estimate %s in %d passes: all examples are in one batch, which is the same every time (lower batch, or leave passes out)"
                .formatted(metric, similarity.passes()));
      }
    }
  }

  /** The errors that were found so far. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * Ends the checks.
   *
   * @throws InputException if there is exactly one problem
   * @throws InvalidSpecException if there are several problems, with all of them
   */
  static void refuse(List<String> problems) {
    if (problems.size() == 1) {
      throw new InputException(problems.get(0));
    }
    if (!problems.isEmpty()) {
      throw new InvalidSpecException(problems);
    }
  }

  /** Runs a check and records its error. The next check can then run. */
  private void check(Runnable check) {
    try {
      check.run();
    } catch (InputException e) {
      problems.add(e.getMessage());
    }
  }
}
