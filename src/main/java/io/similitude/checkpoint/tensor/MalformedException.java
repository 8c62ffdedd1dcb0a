package io.similitude.checkpoint.tensor;

import java.io.IOException;

/**
 * The contents of a file are not valid. The message is the text after "Cannot read checkpoint X: ".
 * It never contains raw text of the file.
 */
public final class MalformedException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST_QUOTE = 100;

  public MalformedException(String message) {
    super(message);
  }

  /** Makes text of the file fit for a message: one line, printable, short. */
  public static String quote(String text) {
    String beginning = text.substring(0, Math.min(text.length(), LONGEST_QUOTE));
    String ending = text.length() > LONGEST_QUOTE ? "..." : "";
    return beginning.replaceAll("[^\\x20-\\x7e]", "?") + ending;
  }
}
