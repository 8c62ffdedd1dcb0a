package io.similitude.checkpoint.match;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** How the names in a file may differ from those of the network, besides by what is before them. */
enum NameRule {
  SAME {
    @Override
    String apply(String name) {
      return name;
    }
  },

  /**
   * Modules that wrap another and are no part of the network: torch.compile, DataParallel, FSDP.
   */
  WITHOUT_WRAPPERS {
    @Override
    String apply(String name) {
      if (WRAPPERS.stream().noneMatch(name::contains)) {
        return name;
      }
      List<String> steps = List.of(name.split("\\.", -1));
      return String.join(".", steps.stream().filter(step -> !WRAPPERS.contains(step)).toList());
    }
  },

  /** The names that torchvision gave before it renamed parts of its networks. */
  OLD_TORCHVISION {
    @Override
    String apply(String name) {
      String perceptron = FIRST_LINEAR.matcher(name).replaceAll("mlp.0.");
      String both = SECOND_LINEAR.matcher(perceptron).replaceAll("mlp.3.");
      return DENSE_LAYER.matcher(both).replaceAll("$1$2");
    }
  },

  /** Averages of weights that are kept as buffers, whose names may have no dots. */
  UNDERSCORES_FOR_DOTS {
    @Override
    String apply(String name) {
      return name.replace('.', '_');
    }
  },

  WITHOUT_DOTS {
    @Override
    String apply(String name) {
      return name.replace(".", "");
    }
  };

  private static final Pattern FIRST_LINEAR = Pattern.compile("\\bmlp\\.linear_1\\.");
  private static final Pattern SECOND_LINEAR = Pattern.compile("\\bmlp\\.linear_2\\.");
  private static final Pattern DENSE_LAYER =
      Pattern.compile("(\\bdenselayer\\d+\\.(?:norm|relu|conv))\\.([12]\\.)");

  private static final Set<String> WRAPPERS =
      Set.of("_orig_mod", "module", "_fsdp_wrapped_module", "_checkpoint_wrapped_module");

  /** What two names are alike in that are the same by this rule. */
  abstract String apply(String name);
}
