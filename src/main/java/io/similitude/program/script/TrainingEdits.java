package io.similitude.program.script;

import io.similitude.checkpoint.script.ScriptModule;
import io.similitude.input.InputException;
import io.similitude.program.Untrainable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes the code of a TorchScript file depend on its modules' mode, and refuses code that cannot be
 * trained.
 *
 * <p>Scripted code asks its modules for their mode itself. A trace has the mode as a constant. In
 * the code of PyTorch's batch norms the constant is replaced by the module's mode. Elsewhere
 * nothing says whether the constant was meant.
 */
final class TrainingEdits {
  private static final String EXPORT = "export it with torch.export, or torch.jit.script";
  private static final Set<String> RECURRENT = Set.of("lstm", "gru", "rnn_tanh", "rnn_relu");
  private static final int RECURRENT_SHARE = 5;
  private static final int MOMENTUM = 6;
  private static final int MEAN = 3;
  private static final Pattern NUMBER = Pattern.compile("[0-9.]+(?:[eE][-+]?[0-9]+)?");

  private final String file;
  private final List<ScriptModule> modules;
  private final Set<String> changed = new HashSet<>();

  TrainingEdits(String file, List<ScriptModule> modules) {
    this.file = file;
    this.modules = modules;
  }

  /** The classes whose constants were replaced. Their code does not count batches. */
  Set<String> changed() {
    return Set.copyOf(changed);
  }

  /**
   * Adds the edits of a file.
   *
   * @throws InputException if its code cannot be trained
   */
  void add(ScriptFile source, Edits edits) {
    source.functions().forEach(function -> look("", function, edits));
    source
        .classes()
        .forEach(type -> type.methods().forEach(it -> look(type.qualifiedName(), it, edits)));
  }

  private void look(String className, ScriptDef definition, Edits edits) {
    for (FunctionCall call : FunctionCall.in(definition)) {
      requireRepeatable(className, call);
      boolean isConstant =
          !call.functional() && call.argument(EvaluationMode.BATCH_NORM_FLAG).equals("False");
      if (isConstant && call.name().equals(EvaluationMode.BATCH_NORM)) {
        requireBatchNorm(className, call);
        edits.insert(
            call.argumentStart(EvaluationMode.BATCH_NORM_FLAG),
            "(" + definition.self() + ").training or ");
        changed.add(className);
      } else if (isConstant
          && call.name().equals("instance_norm")
          && !call.argument(MEAN).equals("None")) {
        throw refusal(
            className,
            "is an instance norm with running statistics, and its trace fixes that it runs in evaluation mode",
            EXPORT);
      }
    }
  }

  /** Numbers that PyTorch's own generator draws would be others the next time. */
  private void requireRepeatable(String className, FunctionCall call) {
    String name = call.name();
    boolean drops =
        EvaluationMode.DROPPING.containsKey(name)
            && (name.equals(EvaluationMode.RANDOM_SLOPES) || isShare(call.argument(1)));
    if (drops
        || EvaluationMode.RANDOM.contains(name)
        || (RECURRENT.contains(name) && isShare(call.argument(RECURRENT_SHARE)))) {
      throw refusal(
          className,
          "calls %s, which draws random numbers in training that could not be repeated"
              .formatted(name),
          "export it with torch.export, where dropout can be repeated, or with a share of 0");
    }
  }

  /** Whether a text is a number above 0. Of a variable only a run can tell. */
  private static boolean isShare(String argument) {
    return NUMBER.matcher(argument).matches() && !EvaluationMode.isZero(argument);
  }

  private void requireBatchNorm(String className, FunctionCall call) {
    if (!EvaluationMode.BATCH_NORM_CLASS.matcher(className).matches()) {
      throw refusal(className, "fixes that its batch norm runs in evaluation mode", EXPORT);
    }
    if (EvaluationMode.isZero(call.argument(MOMENTUM))) {
      throw refusal(
          className,
          "has momentum=None or 0, so its running statistics would not move",
          "give it a momentum, such as 0.1");
    }
  }

  private InputException refusal(String className, String why, String wayOut) {
    return Untrainable.because(
        file, "%s %s (%s)".formatted(EvaluationMode.named(modules, className), why, wayOut));
  }
}
