package io.similitude.stage;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The record that the manifest keeps about a command that changed the run.
 *
 * @param seconds the time that each stage took, in seconds
 * @param made the number of tasks that were done, by stage
 * @param failures the number of units that had failed when the command ended
 */
public record CommandRecord(
    String command,
    Instant started,
    Instant finished,
    Map<String, Double> seconds,
    Map<String, Integer> made,
    int failures) {
  /** The name of the field in the manifest. */
  static final String HISTORY = "history";

  /**
   * The largest number of records that are kept. It is enough for one command every night for three
   * months.
   */
  private static final int MOST = 100;

  public CommandRecord {
    seconds = Map.copyOf(seconds);
    made = Map.copyOf(made);
  }

  static CommandRecord of(SweepRun run, String command) {
    return new CommandRecord(
        command, run.started(), Instant.now(), run.seconds(), run.made(), run.failures().size());
  }

  /** Reads the records of a manifest, the oldest first. A malformed record is left out. */
  public static List<CommandRecord> read(JsonNode manifest) {
    List<CommandRecord> history = new ArrayList<>();
    for (JsonNode node : manifest.path(HISTORY)) {
      try {
        history.add(read(node.path("command").asText(), node));
      } catch (java.time.DateTimeException e) {
        // A person has edited the record by hand, so it is left out.
      }
    }
    return history;
  }

  /**
   * Returns the newest of the earlier records, with this record at the end, in the form of the
   * manifest.
   */
  List<Map<String, Object>> after(List<CommandRecord> before) {
    List<CommandRecord> all = new ArrayList<>(before);
    all.add(this);
    return all.subList(Math.max(0, all.size() - MOST), all.size()).stream()
        .map(CommandRecord::tree)
        .toList();
  }

  private static CommandRecord read(String command, JsonNode node) {
    Map<String, Double> seconds = new TreeMap<>();
    node.path("seconds")
        .properties()
        .forEach(it -> seconds.put(it.getKey(), it.getValue().asDouble()));
    Map<String, Integer> made = new TreeMap<>();
    node.path("made").properties().forEach(it -> made.put(it.getKey(), it.getValue().asInt()));
    return new CommandRecord(
        command,
        Instant.parse(node.path("started").asText()),
        Instant.parse(node.path("finished").asText()),
        seconds,
        made,
        node.path("failures").asInt());
  }

  private Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("command", command);
    tree.put("started", started.truncatedTo(ChronoUnit.SECONDS).toString());
    tree.put("finished", finished.truncatedTo(ChronoUnit.SECONDS).toString());
    tree.put("seconds", new TreeMap<>(seconds));
    tree.put("made", new TreeMap<>(made));
    tree.put("failures", failures);
    return tree;
  }
}
