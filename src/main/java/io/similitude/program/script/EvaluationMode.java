package io.similitude.program.script;

import io.similitude.checkpoint.script.ScriptModule;
import java.util.HashMap;
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
  private static final String FUNCTIONAL = "__torch__.torch.nn.functional.";
  private static final Pattern NAMESPACE = Pattern.compile("(?:torch|ops\\.aten)\\.(\\w+?)_?");
  private static final Pattern BATCH_NORM_CLASS =
      Pattern.compile("__torch__\\.torch\\.nn\\.modules\\.batchnorm\\.(?:.*\\.)?\\w*BatchNorm\\w*");

  /** The position of the flag in calls that drop values. */
  private static final Map<String, Integer> DROPPING =
      Map.of(
          "dropout", 2,
          "native_dropout", 2,
          "feature_dropout", 2,
          "alpha_dropout", 2,
          "feature_alpha_dropout", 2,
          "dropout1d", 2,
          "dropout2d", 2,
          "dropout3d", 2,
          "rrelu", 3);

  private static final Set<String> RANDOM =
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

  private static final String BATCH_NORM = "batch_norm";
  private static final int BATCH_NORM_FLAG = 5;

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
    Map<String, String> aliases = new HashMap<>();
    for (ScriptLine line : definition.body()) {
      if (line.tokens().size() == 3 && line.has(1, "=") && line.hasName(2)) {
        aliases.put(line.first().text(), line.tokens().get(2).text());
      }
      boolean always = isForward && line.indent() == outside;
      for (int i = 0; i + 1 < line.tokens().size(); i++) {
        if (line.hasName(i) && line.has(i + 1, "(")) {
          String called = line.tokens().get(i).text();
          judge(module, always, aliases.getOrDefault(called, called), line, i + 1);
        }
      }
    }
  }

  private void judge(String module, boolean always, String function, ScriptLine line, int open) {
    boolean functional = function.startsWith(FUNCTIONAL);
    String name = functional ? function.substring(FUNCTIONAL.length()) : operator(function);
    if (DROPPING.containsKey(name)) {
      String flag = argument(line, open, DROPPING.get(name));
      boolean drops = !flag.equals("False") && !dropsNone(name, line, open);
      note(drops && always && flag.equals("True"), drops, module, "drops values at random");
    } else if (RANDOM.contains(name)) {
      note(always, true, module, "draws random numbers");
    } else if (name.equals(BATCH_NORM) && argument(line, open, BATCH_NORM_FLAG).equals("True")) {
      if (argument(line, open, functional ? 1 : 3).equals("None")) {
        batchNorms.add(named(module));
      } else if (!batchNorms.contains(named(module))) {
        note(always, false, module, "normalises by its batch");
      }
    }
  }

  /** Whether the dropped share is a constant and is 0. */
  private static boolean dropsNone(String name, ScriptLine line, int open) {
    return !name.equals("rrelu") && argument(line, open, 1).matches("0\\.?0*");
  }

  private void note(boolean certain, boolean possible, String module, String what) {
    if (certain) {
      problems.add(named(module) + " " + what);
    }
    maybeRandom |= possible && !certain;
  }

  /** The operator without its namespace and without the underscore of an in-place form. */
  private static String operator(String function) {
    var matcher = NAMESPACE.matcher(function);
    return matcher.matches() ? matcher.group(1) : "";
  }

  private static String argument(ScriptLine line, int open, int index) {
    List<String> arguments = line.arguments(open);
    return index < arguments.size() ? arguments.get(index) : "";
  }

  private String named(String className) {
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
