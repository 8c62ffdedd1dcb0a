package io.similitude.input;

import java.util.List;

/**
 * A spec is wrong. The exception holds all problems of the spec, one line each, {@code
 * file:line:column: message}.
 */
public final class InvalidSpecException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The problems; an array, because a List field need not be serializable. */
  private final String[] problems;

  public InvalidSpecException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = problems.toArray(String[]::new);
  }

  /** One complete line for each problem, in the order of the file, overrides last. */
  public List<String> problems() {
    return List.of(problems);
  }
}
