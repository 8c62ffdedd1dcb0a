package io.similitude.files;

import io.similitude.input.InputException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A location as the user wrote it: A scheme, a colon and a slash form a URI. Everything else is a
 * local path. So {@code epoch:1.pth} is a local file. As in Hadoop, nothing is percent-decoded.
 */
record Location(String text) {
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*", Pattern.DOTALL);
  private static final String LOCAL_SCHEME = "file:";

  Location {
    if (text.isBlank()) {
      throw new InputException("Invalid location: '" + text + "' (must be a path or a URI)");
    }
  }

  boolean isLocal() {
    return text.startsWith(LOCAL_SCHEME + "/") || !URI.matcher(text).matches();
  }

  Path localPath() {
    try {
      return Path.of(localText());
    } catch (InvalidPathException e) {
      throw new InputException("Invalid location: " + text + " (" + e.getReason() + ")", e);
    }
  }

  /**
   * The local path. {@code file:/a}, {@code file:///a} and {@code file://localhost/a} are one file.
   */
  private String localText() {
    if (!text.startsWith(LOCAL_SCHEME + "/")) {
      return text;
    }
    String path = text.substring(LOCAL_SCHEME.length());
    if (!path.startsWith("//")) {
      return path;
    }
    int slash = path.indexOf('/', 2);
    String host = path.substring(2, slash < 0 ? path.length() : slash);
    if (slash < 0 || !(host.isEmpty() || host.equals("localhost"))) {
      throw new InputException(
          "Invalid location: " + text + " (must be file:///path: a local file has no host)");
    }
    return path.substring(slash);
  }

  /** The same location with another path: keeps {@code file:} if the user wrote it. */
  String withLocalPath(Path path) {
    return text.startsWith(LOCAL_SCHEME + "/") ? LOCAL_SCHEME + path.toAbsolutePath() : path + "";
  }

  String name() {
    return text.substring(text.lastIndexOf('/') + 1);
  }
}
