package io.similitude.program.script;

/**
 * A word of serialised TorchScript.
 *
 * @param text as in the source; a name with dots is one word: {@code
 *     __torch__.torch.nn.functional.relu}
 * @param start its position in the source
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
