package io.similitude.program.script;

import java.util.Set;

/** Adds taps to the single operations of a program that has no modules left. */
final class ScriptOperations {
  private static final String NAMESPACE = "torch.";

  /** Operations that return one tensor for any arguments. */
  private static final Set<String> KNOWN =
      Set.of(
          "_convolution",
          "adaptive_avg_pool2d",
          "addmm",
          "avg_pool2d",
          "batch_norm",
          "bmm",
          "conv1d",
          "conv2d",
          "conv3d",
          "gelu",
          "group_norm",
          "hardswish",
          "hardswish_",
          "layer_norm",
          "linear",
          "matmul",
          "max_pool2d",
          "relu",
          "relu_",
          "sigmoid",
          "silu",
          "silu_",
          "softmax",
          "tanh");

  private ScriptOperations() {}

  /** Makes every known operation of a body show its value under the operation's own name. */
  static void show(ScriptDef definition, Edits edits) {
    for (ScriptLine line : definition.body()) {
      int[] closings = line.closings();
      for (int i = 0; i + 1 < line.tokens().size(); i++) {
        ScriptToken token = line.tokens().get(i);
        String name = name(token);
        if (KNOWN.contains(name) && line.has(i + 1, "(")) {
          edits.insert(token.start(), "(" + ScriptRewriter.TAPS + ").show(\"" + name + "\", ");
          edits.insert(line.tokens().get(closings[i + 1]).end(), ", )");
        }
      }
    }
  }

  private static String name(ScriptToken token) {
    return token.isName() && token.text().startsWith(NAMESPACE)
        ? token.text().substring(NAMESPACE.length())
        : "";
  }
}
