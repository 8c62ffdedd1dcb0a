package io.similitude.input;

/**
 * An input from the user is wrong: the command line, the spec, or a file that the spec names.
 *
 * <p>The user reads the message. It is one line with the thing, the value and the remedy. No stack
 * trace is shown with it.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
