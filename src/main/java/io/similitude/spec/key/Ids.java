package io.similitude.spec.key;

import java.util.regex.Pattern;

/**
 * Checks the ids of sweeps, checkpoints and views. An id must be a valid file name on every system.
 */
public final class Ids {
  public static final String RULE = "1 to 128 of A-Z a-z 0-9 . _ -, and neither . nor ..";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  private Ids() {}

  public static boolean isId(String text) {
    return ID.matcher(text).matches() && !text.equals(".") && !text.equals("..");
  }

  public static void require(String noun, String id) {
    if (!isId(id)) {
      throw new IllegalArgumentException("Invalid " + noun + ": " + id + " (must be " + RULE + ")");
    }
  }
}
