package io.similitude.checkpoint.format;

import io.similitude.checkpoint.tensor.MalformedException;

/** Checks the names and the number of the tensors of a file. */
public final class TensorNames {
  private static final int LONGEST = 500;

  /** The largest number of tensors. The largest networks have some thousands. */
  private static final int MOST = 50_000;

  private TensorNames() {}

  /** Returns a name if it fits into messages and tables, where each name takes one line. */
  public static String require(String name) throws MalformedException {
    if (name.isEmpty()
        || name.length() > LONGEST
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new MalformedException(
          "Invalid name of a parameter: "
              + MalformedException.quote(name)
              + " (must be 1 to 500 printable characters)");
    }
    return name;
  }

  /** Rejects a number of tensors that no network has. */
  public static void requireCount(int count) throws MalformedException {
    if (count > MOST) {
      throw new MalformedException(
          "it holds more than " + MOST + " tensors, which no weights need");
    }
  }
}
