package io.similitude.stage;

import com.fasterxml.jackson.databind.JsonNode;
import io.similitude.files.FileAccess;
import io.similitude.store.RunFolder;
import io.similitude.store.StageName;
import io.similitude.store.row.FailureRow;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The progress of a run. It comes from the manifest and a listing of the folder. The inputs of the
 * sweep are not read, and Spark is not started.
 *
 * @param sweep the name of the sweep
 * @param units the units, by the checkpoint or representation to which they belong
 * @param parts the files of the similarities
 * @param failures the failures of the last command
 * @param history the last commands that changed the run, the oldest first
 */
public record RunStatus(
    String sweep,
    Map<String, Units> units,
    int parts,
    List<FailureRow> failures,
    List<CommandRecord> history) {
  public RunStatus {
    failures = List.copyOf(failures);
    history = List.copyOf(history);
  }

  /**
   * The number of units of one checkpoint, by state.
   *
   * @param planned the number that the last command planned
   * @param done the number of units whose files exist
   * @param failed the number that failed in the last command
   */
  public record Units(int planned, int done, int failed) {
    /** The units that no command has processed yet. */
    public int missing() {
      return Math.max(0, planned - done - failed);
    }

    Units plus(Units other) {
      return new Units(planned + other.planned, done + other.done, failed + other.failed);
    }
  }

  public static RunStatus of(RunFolder folder, FileAccess files) throws IOException {
    JsonNode manifest = Manifest.read(folder.location(), files);
    List<FailureRow> failures = folder.failures();
    return new RunStatus(
        manifest.path("sweep").asText(),
        units(manifest, folder.listing().storedUnits(), failures),
        folder.listing().tableFiles(Table.SIMILARITIES).size(),
        failures,
        CommandRecord.read(manifest));
  }

  /** The number of all units together. */
  public Units all() {
    return units.values().stream().reduce(new Units(0, 0, 0), Units::plus);
  }

  private static Map<String, Units> units(
      JsonNode manifest, Map<String, Set<String>> stored, List<FailureRow> failures) {
    Map<String, Integer> failed = new TreeMap<>();
    failures.stream()
        .filter(row -> row.batch() != null && row.stage().equals(StageName.EXTRACT))
        .forEach(row -> failed.merge(row.checkpoint(), 1, Integer::sum));
    Map<String, Units> units = new LinkedHashMap<>();
    for (JsonNode planned : planned(manifest)) {
      String id = planned.path("id").asText();
      int all = planned.path("units").asInt();
      int done = Math.min(all, stored.getOrDefault(id, Set.of()).size());
      units.put(id, new Units(all, done, failed.getOrDefault(id, 0)));
    }
    return units;
  }

  private static List<JsonNode> planned(JsonNode manifest) {
    List<JsonNode> planned = new ArrayList<>();
    manifest.path("checkpoints").forEach(planned::add);
    manifest.path("representations").forEach(planned::add);
    return planned;
  }
}
