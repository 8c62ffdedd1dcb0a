package io.similitude.program.script;

import io.similitude.checkpoint.script.ScriptModule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the mode of an exported network from its code. A trace keeps the mode of its export: the
 * flags of dropout and batch normalisation are constants in it. If the code decides on a flag at
 * run time, only a run can tell.
 */
final class EvaluationMode {
  /** The classes of PyTorch's batch norms. */
  static final Pattern BATCH_NORM_CLASS =
      Pattern.compile("__torch__\\.torch\\.nn\\.modules\\.batchnorm\\.(?:.*\\.)?\\w*BatchNorm\\w*");

  /** A ReLU of random slopes in training. Its second argument is no share. */
  static final String RANDOM_SLOPES = "rrelu";

  /** The position of the flag in calls that drop values. */
  static final Map<String, Integer> DROPPING =
      Map.of(
          "dropout",
          2,
          "native_dropout",
          2,
          "feature_dropout",
          2,
          "alpha_dropout",
          2,
          "feature_alpha_dropout",
          2,
          "dropout1d",
          2,
          "dropout2d",
          2,
          "dropout3d",
          2,
          RANDOM_SLOPES,
          3);

  /** Operators that always draw random numbers. */
  static final Set<String> RANDOM =
      Set.of(
          "bernoulli",
          "binomial",
          "cauchy",
          "exponential",
          "geometric",
          "log_normal",
          "multinomial",
          "normal",
          "poisson",
          "rand",
          "rand_like",
          "randint",
          "randint_like",
          "randn",
          "randn_like",
          "random",
          "randperm",
          "uniform");

  static final String BATCH_NORM = "batch_norm";

  /** The position of the flag in calls of batch norm and of instance norm. */
  static final int BATCH_NORM_FLAG = 5;

  private final List<ScriptModule> modules;
  private final Set<String> problems = new LinkedHashSet<>();
  private final Set<String> batchNorms = new LinkedHashSet<>();
  private boolean maybeRandom;

  EvaluationMode(List<ScriptModule> modules, List<ScriptFile> files) {
    this.modules = modules;
    modules.stream()
        .filter(module -> BATCH_NORM_CLASS.matcher(module.className()).matches())
        .filter(module -> !module.tensors().containsKey("running_mean"))
        .forEach(module -> batchNorms.add(named(module)));
    for (ScriptFile file : files) {
      file.functions().forEach(function -> look("", function));
      file.classes().forEach(this::look);
    }
  }

  /** The differences from evaluation mode, one text for each module. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** The batch normalisations that have no running statistics. */
  List<String> batchNorms() {
    return List.copyOf(batchNorms);
  }

  /** Whether a run may draw random numbers, judging from the code. */
  boolean maybeRandom() {
    return maybeRandom;
  }

  private void look(ScriptClass type) {
    type.methods().forEach(method -> look(type.isModule() ? type.qualifiedName() : "", method));
  }

  private void look(String module, ScriptDef definition) {
    boolean isForward = !module.isEmpty() && ScriptCalls.FORWARD.test(definition.name());
    int outside = definition.body().isEmpty() ? 0 : definition.body().get(0).indent();
    for (FunctionCall call : FunctionCall.in(definition)) {
      judge(module, isForward && call.line().indent() == outside, call);
    }
  }

  private void judge(String module, boolean always, FunctionCall call) {
    String name = call.name();
    if (DROPPING.containsKey(name)) {
      String flag = call.argument(DROPPING.get(name));
      boolean drops = !flag.equals("False") && !dropsNone(call);
      note(drops && always && flag.equals("True"), drops, module, "drops values at random");
    } else if (RANDOM.contains(name)) {
      note(always, true, module, "draws random numbers");
    } else if (name.equals(BATCH_NORM) && call.argument(BATCH_NORM_FLAG).equals("True")) {
      if (call.argument(call.functional() ? 1 : 3).equals("None")) {
        batchNorms.add(named(module));
      } else if (!batchNorms.contains(named(module))) {
        note(always, false, module, "normalises by its batch");
      }
    }
  }

  /** Whether the dropped share is a constant and is 0. */
  private static boolean dropsNone(FunctionCall call) {
    return !call.name().equals(RANDOM_SLOPES) && isZero(call.argument(1));
  }

  /** Whether a text is the number 0. */
  static boolean isZero(String number) {
    return number.matches("0\\.?0*");
  }

  private void note(boolean certain, boolean possible, String module, String what) {
    if (certain) {
      problems.add(named(module) + " " + what);
    }
    maybeRandom |= possible && !certain;
  }

  private String named(String className) {
    return named(modules, className);
  }

  /** The name of the first module of a class, for messages. */
  static String named(List<ScriptModule> modules, String className) {
    return modules.stream()
        .filter(module -> module.className().equals(className))
        .findFirst()
        .map(EvaluationMode::named)
        .orElse("the network");
  }

  private static String named(ScriptModule module) {
    return module.path().isEmpty() ? "the network" : module.path() + " (" + module.type() + ")";
  }
}
