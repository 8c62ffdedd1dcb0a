package io.similitude.program.script;

/**
 * A word of serialised TorchScript.
 *
 * @param text as it stands in the source; of names with dots all of it: {@code
 *     __torch__.torch.nn.functional.relu}
 * @param start where the source has it
 */
record ScriptToken(Kind kind, String text, int start) {
  enum Kind {
    NAME,
    TEXT,
    OTHER
  }

  int end() {
    return start + text.length();
  }

  boolean is(String other) {
    return kind != Kind.TEXT && text.equals(other);
  }

  boolean isName() {
    return kind == Kind.NAME;
  }
}
