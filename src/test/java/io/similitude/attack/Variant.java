package io.similitude.attack;

import static java.util.stream.Collectors.toSet;

import io.similitude.attack.search.Norm;
import io.similitude.dataset.Examples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * An attack in one of its forms, whose budget and other parameters are still to be drawn.
 *
 * @param fixed names and values of the parameters that make the form
 * @param norm that bounds the change of the pixels, if one does
 * @param most the largest budget that is drawn
 */
record Variant(String attack, List<Object> fixed, Optional<Norm> norm, double most) {
  static final List<Variant> ALL =
      List.of(
          bounded("fgsm", Norm.LINF, 1),
          bounded("pgd-linf", Norm.LINF, 1),
          bounded("pgd-l2", Norm.L2, 8),
          bounded("pgd-l1", Norm.L1, 100),
          bounded("apgd-ce", Norm.LINF, 1, "norm", "linf"),
          bounded("apgd-ce", Norm.L2, 8, "norm", "l2"),
          bounded("apgd-dlr", Norm.LINF, 1, "norm", "linf"),
          bounded("apgd-dlr", Norm.L2, 8, "norm", "l2"),
          bounded("gabor", Norm.LINF, 1),
          bounded("uniform-noise", Norm.LINF, 1),
          free("gaussian-noise", 1),
          free("jpeg", 2, "norm", "linf"),
          free("jpeg", 20, "norm", "l2"),
          free("jpeg", 100, "norm", "l1"),
          free("snow", 2),
          free("spatial", 30, "search", "random", "trials", 4),
          free("spatial", 30, "search", "grid", "rotations", 3, "translations", 2));

  private static Variant bounded(String attack, Norm norm, double most, Object... fixed) {
    return new Variant(attack, List.of(fixed), Optional.of(norm), most);
  }

  private static Variant free(String attack, double most, Object... fixed) {
    return new Variant(attack, List.of(fixed), Optional.empty(), most);
  }

  boolean takes(String parameter) {
    return Attacks.parameters().get(attack).contains(parameter);
  }

  /** A few steps, some restarts, a target or none, ...: all that the attack may be told. */
  List<Object> drawn(Random random) {
    List<Object> drawn = new ArrayList<>();
    boolean randomStart = random.nextBoolean();
    draw(drawn, "steps", 1 + random.nextInt(4));
    draw(drawn, "early-stop", random.nextBoolean());
    draw(drawn, "random-start", randomStart);
    // Gabor and snow always start at random; the others must, to be started again.
    draw(drawn, "restarts", randomStart ? 1 + random.nextInt(3) : 1);
    if (random.nextInt(4) == 0) {
      draw(drawn, "target", random.nextInt(Trial.CLASSES));
    }
    return drawn;
  }

  private void draw(List<Object> parameters, String name, Object value) {
    if (takes(name)) {
      Collections.addAll(parameters, name, value);
    }
  }

  Examples perturb(TinyNetwork network, Examples batch, double budget, List<Object> others) {
    List<Object> parameters = new ArrayList<>(fixed);
    parameters.addAll(others);
    if (takes("epsilon")) {
      Collections.addAll(parameters, "epsilon", budget);
    } else {
      Collections.addAll(parameters, "rotation", budget, "translation", budget / 10);
    }
    return Trial.perturb(network, batch, attack, parameters.toArray());
  }

  /** The attacks that have a form here. */
  static Set<String> attacks() {
    return ALL.stream().map(Variant::attack).collect(toSet());
  }
}
