package io.similitude.network;

import ai.djl.engine.EngineException;
import io.similitude.input.InputException;
import java.util.List;
import java.util.regex.Pattern;

/** Shortens PyTorch's long explanations. */
final class TorchFailure {
  /** The beginning of the trace of native code in an explanation. */
  private static final Pattern NATIVE = Pattern.compile("Exception raised from |frame #\\d+: ");

  /** The beginning of the line of a thrown error. */
  private static final Pattern KIND = Pattern.compile("^(\\w+\\.)*\\w*(Error|Exception): ");

  /** The place of a check in PyTorch's source. */
  private static final Pattern PLACE = Pattern.compile("\\[enforce fail at [^]]*] ?\\.? ?");

  /** Temporary files of this process. Their names mean nothing to the user. */
  private static final Pattern LOCAL_FILE = Pattern.compile("(/[^\\s:\"',]+)+/(?=[^\\s/:\"',]+)");

  private TorchFailure() {}

  /**
   * The end of an explanation, which says what happened, without folders of this machine. It is the
   * last line; a program's own message may have several lines, from the line of its error on.
   */
  static String reason(Throwable failure) {
    String message = failure.getMessage() == null ? "" : failure.getMessage();
    List<String> lines =
        NATIVE.split(message, 2)[0].lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    if (lines.isEmpty()) {
      return "PyTorch does not say why";
    }
    int from = lines.size() - 1;
    for (int i = 0; i < lines.size(); i++) {
      from = KIND.matcher(lines.get(i)).find() ? i : from;
    }
    String last = PLACE.matcher(String.join(" ", lines.subList(from, lines.size()))).replaceAll("");
    String reason = KIND.matcher(last).replaceFirst("");
    return LOCAL_FILE.matcher(reason).replaceAll("").strip();
  }

  /** The error for the user if a program stops. Lack of memory is not a fault of the program. */
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
