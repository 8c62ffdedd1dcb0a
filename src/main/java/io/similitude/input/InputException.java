package io.similitude.input;

/**
 * Something that the user gave is wrong: the command line, the spec, a file that it names.
 *
 * <p>The message is what the user reads, one line that names the thing, the value and the way out;
 * no stack trace is shown with it.
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
