package io.similitude.execution;

import java.util.regex.Pattern;

/** Describes an error in one line. */
public final class ErrorMessages {
  private ErrorMessages() {}

  /** User names and keys before the host of a URI. */
  private static final Pattern SECRET = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)[^/@\\s]+@");

  /** The beginning of every complete error message of Similitude. */
  private static final String OWN = "Cannot ";

  /**
   * Returns the outermost message that says what could not be done. If there is none, it returns
   * the message of the deepest cause, with the kind of the error.
   */
  public static String of(Throwable failure) {
    Throwable cause = failure;
    while (!isOwn(cause) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (isOwn(cause)) {
      return of(cause.getMessage());
    }
    String message = cause.getMessage() == null ? "no message" : cause.getMessage();
    return cause.getClass().getSimpleName() + ": " + of(message);
  }

  private static boolean isOwn(Throwable failure) {
    return failure.getMessage() != null && failure.getMessage().startsWith(OWN);
  }

  public static String of(String text) {
    String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
    return SECRET.matcher(line).replaceAll("$1***@");
  }
}
