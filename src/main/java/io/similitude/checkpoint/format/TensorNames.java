package io.similitude.checkpoint.format;

import io.similitude.checkpoint.tensor.MalformedException;

/** What the tensors of a file may be called, and how many they may be. */
public final class TensorNames {
  private static final int LONGEST = 500;

  /** The largest networks have some thousands. */
  private static final int MOST = 50_000;

  private TensorNames() {}

  /** A name that fits into messages and tables, a line each. */
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

  /** Refuses more tensors than any network has. */
  public static void requireCount(int count) throws MalformedException {
    if (count > MOST) {
      throw new MalformedException(
          "it holds more than " + MOST + " tensors, which no weights need");
    }
  }
}
