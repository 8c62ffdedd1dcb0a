package io.similitude.program;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operators that are allowed in a program that is run: {@code operators.txt} lists them in
 * groups, each with its reason. The same list holds for TorchScript files and for torch.export
 * archives.
 *
 * <p>The list uses the plain name of an operator, {@code conv2d}. PyTorch's spellings {@code
 * torch.conv2d}, {@code aten::conv2d} and {@code ops.aten.conv2d} mean the same operator. The
 * in-place form, {@code relu_}, overwrites its first argument. It is allowed if the form without
 * the underscore is allowed.
 */
public final class OperatorAllowList {
  private static final String RANDOM = "random";
  private static final String BUILTINS = "builtins";

  /**
   * The prefixes of PyTorch's own operators in code. Operators of other libraries do not have them.
   */
  private static final List<String> PREFIXES = List.of("torch.ops.aten.", "ops.aten.", "aten::");

  /** The form of an operator in code that is not from ATen: {@code ops.prim.dtype}. */
  private static final Pattern OTHER_NAMESPACE = Pattern.compile("ops\\.(\\w+)\\.(\\w+)");

  private static final String FUNCTION = "torch.";

  private final Map<String, Set<String>> groups;
  private final Set<String> all = new HashSet<>();

  private OperatorAllowList(Map<String, Set<String>> groups) {
    this.groups = groups;
    groups.forEach((group, names) -> all.addAll(group.equals(BUILTINS) ? Set.of() : names));
  }

  /** The list that is part of the application. */
  public static OperatorAllowList standard() {
    return Holder.STANDARD;
  }

  /**
   * The plain name of one of PyTorch's own operators.
   *
   * @param spelling a plain name, or one with a prefix: {@code ops.aten.conv2d}
   * @return empty for an operator of another library: {@code torchvision::nms}
   */
  public static Optional<String> plainName(String spelling) {
    for (String prefix : PREFIXES) {
      if (spelling.startsWith(prefix)) {
        return plain(spelling.substring(prefix.length()));
      }
    }
    return plain(spelling.startsWith(FUNCTION) ? spelling.substring(FUNCTION.length()) : spelling);
  }

  /** Whether a program with this operator may be run. Any spelling is accepted. */
  public boolean allows(String spelling) {
    Matcher other = OTHER_NAMESPACE.matcher(spelling);
    if (other.matches() && !other.group(1).equals("aten")) {
      return all.contains(other.group(1) + "::" + other.group(2));
    }
    return plainName(spelling).filter(name -> isIn(all, name)).isPresent();
  }

  /** Whether a TorchScript program may call this builtin of the language. */
  public boolean isBuiltin(String name) {
    return groups.get(BUILTINS).contains(name);
  }

  /** Whether an operator draws random numbers. */
  public boolean isRandom(String spelling) {
    return plainName(spelling).filter(name -> isIn(groups.get(RANDOM), name)).isPresent();
  }

  /** Whether an operator overwrites its first argument. */
  public static boolean isInPlace(String name) {
    return name.length() > 1 && name.endsWith("_") && !name.endsWith("__");
  }

  private static boolean isIn(Set<String> names, String name) {
    return names.contains(name)
        || (isInPlace(name) && names.contains(name.substring(0, name.length() - 1)));
  }

  private static Optional<String> plain(String name) {
    return name.isEmpty() || name.contains(".") || name.contains(":")
        ? Optional.empty()
        : Optional.of(name);
  }

  private static OperatorAllowList parse(String text) {
    Map<String, Set<String>> groups = new HashMap<>();
    Set<String> group = new HashSet<>();
    for (String line : (Iterable<String>) text.lines()::iterator) {
      if (line.startsWith("[")) {
        String name = line.substring(1, line.indexOf(']'));
        group = groups.computeIfAbsent(name, key -> new HashSet<>());
      } else if (!line.isBlank() && !line.startsWith("#")) {
        group.addAll(List.of(line.strip().split(" +")));
      }
    }
    return new OperatorAllowList(groups);
  }

  private static final class Holder {
    private static final OperatorAllowList STANDARD = parse(Source.resource("operators.txt"));
  }
}
