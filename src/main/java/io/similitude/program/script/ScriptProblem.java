package io.similitude.program.script;

import java.util.regex.Pattern;

/**
 * A problem in a source file. Because of it, the program is not run.
 *
 * @param at the position in the file
 * @param what a sentence without its subject, the file and the line
 */
record ScriptProblem(int at, String what) {
  private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7e]");
  private static final int LONGEST = 100;

  /** The problem with its place: {@code code/__torch__.py:12 calls torch.save}. */
  String text(ScriptFile file) {
    long line = 1 + file.source().substring(0, at).chars().filter(c -> c == '\n').count();
    return file.record() + ":" + line + " " + what;
  }

  /** Makes words of a file fit for a message of one line. */
  static String shown(String text) {
    String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    return UNPRINTABLE.matcher(shown).replaceAll("?");
  }
}
