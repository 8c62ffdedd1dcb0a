package io.similitude.network;

import ai.djl.engine.EngineException;
import io.similitude.input.InputException;
import java.util.List;
import java.util.regex.Pattern;

/** What PyTorch's explanations, which go on for pages, come down to. */
final class TorchFailure {
  /** From here on an explanation is a trace of native code. */
  private static final Pattern NATIVE = Pattern.compile("Exception raised from |frame #\\d+: ");

  /** What a thrown error's line begins with. */
  private static final Pattern KIND = Pattern.compile("^(\\w+\\.)*\\w*(Error|Exception): ");

  /** Where in PyTorch's source a check stands. */
  private static final Pattern PLACE = Pattern.compile("\\[enforce fail at [^]]*] ?\\.? ?");

  /** Files of this process that nobody else will ever see. */
  private static final Pattern LOCAL_FILE = Pattern.compile("(/[^\\s:\"',]+)+/(?=[^\\s/:\"',]+)");

  private TorchFailure() {}

  /** The last line of an explanation, which says what happened; without folders of this machine. */
  static String reason(Throwable failure) {
    String message = failure.getMessage() == null ? "" : failure.getMessage();
    List<String> lines =
        NATIVE.split(message, 2)[0].lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    if (lines.isEmpty()) {
      return "PyTorch does not say why";
    }
    String last = PLACE.matcher(lines.get(lines.size() - 1)).replaceAll("");
    String reason = KIND.matcher(last).replaceFirst("");
    return LOCAL_FILE.matcher(reason).replaceAll("").strip();
  }

  /**
   * What a user is told of a program that stops. Memory that is missing is no fault of the program.
   */
  static RuntimeException stopped(EngineException failure) {
    String message = failure.getMessage() == null ? "" : failure.getMessage();
    return message.contains("out of memory") || message.contains("can't allocate memory")
        ? failure
        : new InputException(
            "Cannot run the network: PyTorch stopped it: %s (is the network's input of this shape and range?)"
                .formatted(reason(failure)),
            failure);
  }
}
