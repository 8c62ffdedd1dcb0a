package io.similitude.execution;

import java.util.regex.Pattern;

/** What went wrong, in one line. */
public final class ErrorMessages {
  private ErrorMessages() {}

  /** Names and keys before the host of a URI. */
  private static final Pattern SECRET = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)[^/@\\s]+@");

  /** What a complete line of Similitude's own begins with. */
  private static final String OWN = "Cannot ";

  /**
   * The outermost message that says what could not be done; if there is none, that of the deepest
   * cause, with the kind of the trouble.
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
