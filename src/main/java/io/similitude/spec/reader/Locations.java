package io.similitude.spec.reader;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths of a spec, made absolute against the spec's folder. A URI with a scheme stays as it is. If
 * the spec itself has a URI, all other paths are on its file system, also absolute ones, as in
 * Hadoop.
 */
final class Locations {
  /** A scheme has at least two letters, and a slash follows it. So a:b and run:1.pth are files. */
  private static final Pattern URI =
      Pattern.compile("(?<root>[A-Za-z][A-Za-z0-9+.-]+:(?://[^/]*)?)(?<path>/.*|)");

  /**
   * {@code scheme://user:password@}. The text after the colon is not a port. In {@code
   * abfs://container@account} there is no password.
   */
  private static final Pattern PASSWORD =
      Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]+://)[^/:@]*:(?!\\d{1,5}(?:/|$))[^@]*@");

  private final String spec;

  Locations(String spec) {
    this.spec = spec;
  }

  /** The absolute location, or empty if the text is not a valid path on this machine. */
  Optional<String> resolve(String text) {
    if (isUri(text)) {
      return Optional.of(text);
    }
    try {
      return Optional.of(isUri(spec) ? besideUri(text) : besideFile(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** A location on this machine, relative to the working directory. */
  static String inWorkingDirectory(String path) {
    return Path.of(path).toAbsolutePath().normalize().toString();
  }

  /** The location without the name and password that its URI may hold. */
  static String withoutSecrets(String location) {
    return PASSWORD.matcher(location).replaceFirst("$1");
  }

  private String besideFile(String text) {
    return Path.of(spec).toAbsolutePath().resolveSibling(text).normalize().toString();
  }

  private String besideUri(String text) {
    Matcher uri = URI.matcher(spec);
    if (!uri.matches()) {
      throw new IllegalStateException("Invalid URI: " + spec);
    }
    String path = uri.group("path");
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    return uri.group("root") + normalized(text.startsWith("/") ? text : folder + text);
  }

  private static String normalized(String path) {
    Deque<String> steps = new ArrayDeque<>();
    for (String step : path.split("/", -1)) {
      if (step.equals("..")) {
        steps.pollLast();
      } else if (!step.isEmpty() && !step.equals(".")) {
        steps.addLast(step);
      }
    }
    return "/" + String.join("/", steps);
  }

  private static boolean isUri(String text) {
    Matcher uri = URI.matcher(text);
    return uri.matches() && (uri.group("root").contains("//") || !uri.group("path").isEmpty());
  }
}
