package io.similitude.checkpoint.match;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The ways in which the names in a file may differ from those of the network, besides a prefix. */
enum NameRule {
  SAME {
    @Override
    String apply(String name) {
      return name;
    }
  },

  /** Without modules that wrap the network: torch.compile, DataParallel, FSDP. */
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

  /** The names that torchvision used before it renamed parts of its networks. */
  OLD_TORCHVISION {
    @Override
    String apply(String name) {
      String perceptron = FIRST_LINEAR.matcher(name).replaceAll("mlp.0.");
      String both = SECOND_LINEAR.matcher(perceptron).replaceAll("mlp.3.");
      return DENSE_LAYER.matcher(both).replaceAll("$1$2");
    }
  },

  /** Averages of weights that are kept as buffers. Their names cannot contain dots. */
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

  /** The common form of names. Two names that are the same by this rule have the same form. */
  abstract String apply(String name);
}
