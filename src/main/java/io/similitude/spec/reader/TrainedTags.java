package io.similitude.spec.reader;

import io.similitude.spec.NetworkSpec;
import io.similitude.spec.TrainedSpec;
import io.similitude.spec.TrainingSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The automatic tags of a trained checkpoint. */
final class TrainedTags {
  private static final int LEVELS = 255;

  private TrainedTags() {}

  /** The tags. Tags in the spec replace them. */
  static Map<String, String> of(
      TrainedSpec trained, TrainingSpec recipe, Optional<NetworkSpec> network) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put("run", trained.run());
    tags.put("training", recipe.tag());
    tags.put("recipe", recipe.name());
    tags.put("epsilon", recipe.attack().map(attack -> epsilon(attack.epsilon())).orElse("0"));
    tags.put("seed", Long.toString(trained.seed()));
    tags.put("init", init(trained, network));
    if (!trained.isBest()) {
      tags.put("epoch", trained.keep());
    }
    role(trained, recipe, network).ifPresent(role -> tags.put("role", role));
    tags.put("data", recipe.data());
    network
        .filter(NetworkSpec.BuiltIn.class::isInstance)
        .map(NetworkSpec.BuiltIn.class::cast)
        .ifPresent(builtIn -> size(builtIn, tags));
    return tags;
  }

  /** The seed draws the first weights, unless they are those of a file. */
  private static String init(TrainedSpec trained, Optional<NetworkSpec> network) {
    return network
        .filter(NetworkSpec.Exported.class::isInstance)
        .map(NetworkSpec::name)
        .orElse(Long.toString(trained.seed()));
  }

  private static Optional<String> role(
      TrainedSpec trained, TrainingSpec recipe, Optional<NetworkSpec> network) {
    if (trained.isBest()) {
      return Optional.of(TrainedSpec.BEST);
    }
    if (trained.epoch() == 0) {
      boolean isDrawn = network.filter(NetworkSpec.BuiltIn.class::isInstance).isPresent();
      return Optional.of(isDrawn ? TrainedSpec.UNTRAINED : TrainedSpec.START);
    }
    return trained.epoch() == recipe.epochs() ? Optional.of("last") : Optional.empty();
  }

  private static void size(NetworkSpec.BuiltIn network, Map<String, String> tags) {
    for (String name : new String[] {"width", "depth"}) {
      Object value = network.parameters().get(name);
      if (value != null) {
        tags.put(name, value.toString());
      }
    }
  }

  /** The value in levels of a byte, as in papers, if it is a whole number of levels. */
  private static String epsilon(double epsilon) {
    double levels = epsilon * LEVELS;
    boolean isWhole = Math.abs(levels - Math.rint(levels)) < 1e-9;
    return isWhole ? Math.round(levels) + "/" + LEVELS : Double.toString(epsilon);
  }
}
