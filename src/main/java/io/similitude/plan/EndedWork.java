package io.similitude.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.similitude.execution.ProcessEnd;
import io.similitude.execution.Version;
import io.similitude.store.RunWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Work that took its process with it twice or did not end in time, as a run remembers it. Each is a
 * small file {@code _ended/<digest>.json}. The work is not done again as long as it is the same.
 *
 * @param digest of everything that shapes the work
 * @param cause what the failure's row says
 * @param limit the time that it had; null if its process died
 * @param version of Similitude that did the work
 */
record EndedWork(String digest, String cause, Duration limit, String version) {
  /** The folder in a run's folder. */
  static final String FOLDER = "_ended";

  /** The end of the file's name. */
  static final String ENDING = ".json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The path in a run's folder. */
  static String path(String digest) {
    return FOLDER + "/" + digest + ENDING;
  }

  static EndedWork of(String digest, String cause, ProcessEnd end) {
    return new EndedWork(digest, cause, end.limit().orElse(null), Version.current());
  }

  /** Reads what a run remembers. It is empty if nobody can read it. */
  static Optional<EndedWork> read(String digest, String text) {
    try {
      JsonNode tree = JSON.readTree(text);
      JsonNode seconds = tree.path("seconds");
      return tree.path("cause").isTextual()
          ? Optional.of(
              new EndedWork(
                  digest,
                  tree.path("cause").asText(),
                  seconds.isNumber() ? Duration.ofSeconds(seconds.asLong()) : null,
                  tree.path("version").asText()))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Whether the work would end in the same way if it had this time. */
  boolean isSame(Duration now) {
    return version.equals(Version.current()) && (limit == null || now.compareTo(limit) <= 0);
  }

  void write(RunWriter writer) throws IOException {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("cause", cause);
    if (limit != null) {
      tree.put("seconds", limit.toSeconds());
    }
    tree.put("version", version);
    writer.writeFile(path(digest), JSON.writeValueAsBytes(tree));
  }
}
