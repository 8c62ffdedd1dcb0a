package io.similitude.program.script;

import java.util.List;
import java.util.regex.Pattern;

/** Finds operations that overwrite their operands: {@code torch.relu_(x)}, {@code out=x}. */
final class InPlace {
  private static final Pattern WRITER = Pattern.compile("(?:torch|ops\\..*)\\.[a-z0-9_]*[a-z0-9]_");

  private InPlace() {}

  /** Whether there is such an operation anywhere. Then a value may change after it was returned. */
  static boolean isIn(List<ScriptFile> files) {
    return files.stream()
        .flatMap(file -> file.definitions().stream())
        .flatMap(definition -> definition.body().stream())
        .anyMatch(InPlace::writes);
  }

  private static boolean writes(ScriptLine line) {
    for (int i = 0; i < line.tokens().size(); i++) {
      boolean calls = line.has(i + 1, "(") && WRITER.matcher(line.tokens().get(i).text()).matches();
      boolean hasTarget = i > 0 && line.has(i, "out") && line.has(i + 1, "=");
      if (calls || hasTarget || line.has(i, "torch._set_item")) {
        return true;
      }
    }
    return false;
  }
}
