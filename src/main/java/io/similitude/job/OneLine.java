package io.similitude.job;

/** What went wrong, in one line. */
final class OneLine {
  private OneLine() {}

  /** The message of the deepest cause that has one, with the kind of the trouble. */
  static String of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? "no message" : cause.getMessage();
    return cause.getClass().getSimpleName() + ": " + of(message);
  }

  static String of(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
