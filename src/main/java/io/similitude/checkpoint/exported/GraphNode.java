package io.similitude.checkpoint.exported;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One operation of a graph.
 *
 * @param target {@code torch.ops.aten.conv2d.default}
 * @param modules the calls of modules that contain it, from the network's own call inwards
 * @param trace where the network's Python code called it, one line for each call and each line of
 *     code; may be empty
 */
public record GraphNode(
    String target,
    List<Input> inputs,
    List<Argument> outputs,
    List<ModuleFrame> modules,
    String trace) {
  private static final int LONGEST_LINE = 200;
  private static final Pattern FRAME = Pattern.compile("\\s*File \"(.*)\", (line \\d+), in .*");
  private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]");

  public GraphNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    modules = List.copyOf(modules);
  }

  /** The argument with a name. */
  public Optional<Argument> input(String name) {
    return inputs.stream().filter(it -> it.name().equals(name)).map(Input::value).findFirst();
  }

  /**
   * The innermost line of code that the file records, in a form for messages; empty if there is
   * none.
   */
  public String place() {
    List<String> lines = trace.lines().toList();
    for (int i = lines.size() - 1; i >= 0; i--) {
      var frame = FRAME.matcher(lines.get(i));
      if (frame.matches()) {
        String code = i + 1 < lines.size() ? ": " + lines.get(i + 1).strip() : "";
        String file = frame.group(1).substring(frame.group(1).lastIndexOf('/') + 1);
        return printable(file + ", " + frame.group(2) + code);
      }
    }
    return "";
  }

  /** Makes text of the file fit for a message: one line, printable, short. */
  static String printable(String text) {
    String shown = text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "..." : text;
    return UNPRINTABLE.matcher(shown).replaceAll("?");
  }

  /** A named argument. */
  public record Input(String name, Argument value) {}

  /**
   * A call of a module.
   *
   * @param key a key that all nodes of one call share; the key of a second call ends in {@code @1}
   * @param path the module's name, as in {@code named_modules()} or as Dynamo recorded it: {@code
   *     getattr(L['self'].stem, '0')}
   * @param type its class: {@code torch.nn.modules.conv.Conv2d}
   */
  public record ModuleFrame(String key, String path, String type) {}
}
