package io.similitude.attack;

import static java.util.stream.Collectors.toMap;

import io.similitude.attack.search.AttackMethod;
import io.similitude.attack.search.AttackParameters;
import io.similitude.attack.search.Norm;
import io.similitude.attack.unforeseen.Gabor;
import io.similitude.attack.unforeseen.Jpeg;
import io.similitude.attack.unforeseen.Snow;
import io.similitude.input.InputException;
import io.similitude.spec.AttackSpec;
import io.similitude.spec.ViewSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The attacks, by the names that a spec uses. */
public final class Attacks {
  private static final Map<String, AttackMethod> KNOWN =
      byName(
          List.of(
              new Fgsm(),
              new Pgd(Norm.LINF),
              new Pgd(Norm.L2),
              new Pgd(Norm.L1),
              Apgd.crossEntropy(),
              Apgd.differenceOfLogitsRatio(),
              new Jpeg(),
              new Gabor(),
              new Snow(),
              new Spatial(),
              Noise.uniform(),
              Noise.gaussian()));

  private Attacks() {}

  /** The names of each attack's parameters. */
  public static Map<String, Set<String>> parameters() {
    Map<String, Set<String>> parameters = new LinkedHashMap<>();
    KNOWN.forEach((name, type) -> parameters.put(name, type.parameters()));
    return parameters;
  }

  /**
   * The attack of a view. It checks the parameters, so a planner can call it only for the check.
   *
   * @param view a view with an attack
   * @throws InputException if there is no such attack, or a parameter is invalid
   */
  public static Attack create(ViewSpec view) {
    AttackSpec attack = view.attack().orElseThrow();
    AttackMethod type = KNOWN.get(attack.name());
    if (type == null) {
      throw new InputException(
          "Invalid attack of view %s: %s (known: %s)"
              .formatted(view.id(), attack.name(), String.join(", ", KNOWN.keySet())));
    }
    AttackParameters parameters = new AttackParameters(view);
    AttackMethod.WithParameters model = type.create(parameters);
    return new Attack(model, parameters.fingerprint(attack.name()));
  }

  private static Map<String, AttackMethod> byName(List<AttackMethod> types) {
    return types.stream()
        .collect(
            toMap(
                AttackMethod::name,
                type -> type,
                (one, other) -> {
                  throw new IllegalStateException(one.name() + " is there twice");
                },
                LinkedHashMap::new));
  }
}
