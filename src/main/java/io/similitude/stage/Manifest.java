package io.similitude.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.similitude.execution.Version;
import io.similitude.files.FileAccess;
import io.similitude.network.TorchEngine;
import io.similitude.plan.CheckpointPlan;
import io.similitude.plan.ImportedPlan;
import io.similitude.plan.SweepPlan;
import io.similitude.spec.Normalization;
import io.similitude.spec.reader.SweepWriter;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The origin of the numbers of a run, for {@code manifest.json} and the end of the report. */
final class Manifest {

  private static final int MOST_BYTES = 64 << 20;

  private Manifest() {}

  /** Writes {@code manifest.json}. */
  static void write(SweepRun run, String command) throws IOException {
    Map<String, Object> tree = tree(run, command);
    List<CommandRecord> before = CommandRecord.read(there(run));
    tree.put(CommandRecord.HISTORY, CommandRecord.of(run, command).after(before));
    run.writer().writeManifest(tree);
  }

  /** Whether the existing manifest comes from the same command on the same inputs. */
  static boolean isCurrent(SweepRun run, String command) throws IOException {
    Map<String, Object> inputs = new LinkedHashMap<>(inputs(run));
    inputs.put("command", command);
    ObjectMapper json = new ObjectMapper();
    JsonNode there = there(run);
    JsonNode now = json.readTree(json.writeValueAsBytes(inputs));
    return now.properties().stream().allMatch(it -> it.getValue().equals(there.get(it.getKey())));
  }

  private static JsonNode there(SweepRun run) {
    return read(run.folder().location(), run.files());
  }

  /** Reads the manifest of a run. The result is empty if the manifest is missing or damaged. */
  static JsonNode read(String run, FileAccess files) {
    String location = run + "/" + RunRecord.MANIFEST;
    try {
      return files.exists(location)
          ? new ObjectMapper().readTree(files.readText(location, MOST_BYTES))
          : MissingNode.getInstance();
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static Map<String, Object> tree(SweepRun run, String command) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("sweep", run.plan().spec().sweep());
    tree.put("command", command);
    tree.put("finished", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    tree.put("seconds", run.seconds());
    tree.put("versions", versions());
    tree.put("seed", run.plan().spec().seed());
    tree.putAll(inputs(run));
    return tree;
  }

  /** The inputs that determine the tables and the report. */
  private static Map<String, Object> inputs(SweepRun run) {
    Map<String, Object> inputs = new LinkedHashMap<>();
    if (run.plan().byData().size() == 1) {
      inputs.put("dataset", dataset(run.plan().byData().get(0)));
    } else {
      Map<String, Object> datasets = new LinkedHashMap<>();
      run.plan().byData().forEach(plan -> datasets.put(name(plan), dataset(plan)));
      inputs.put("datasets", datasets);
    }
    inputs.put("checkpoints", checkpoints(run.plan()));
    if (!run.plan().representations().isEmpty()) {
      inputs.put("representations", representations(run.plan()));
    }
    if (!run.plan().notes().isEmpty()) {
      inputs.put("notes", run.plan().notes());
    }
    inputs.put("failures", run.failures().size());
    inputs.put("spec", SweepWriter.tree(run.plan().spec()));
    return inputs;
  }

  /** The origin of the numbers in a form for people, in the order of display. */
  static Map<String, String> provenance(SweepRun run) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("Made", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    versions().forEach((name, version) -> lines.put("Version of " + name, version));
    lines.put("Seed", Long.toString(run.plan().spec().seed()));
    for (SweepPlan plan : run.plan().byData()) {
      String of = run.plan().byData().size() == 1 ? "" : " of " + name(plan);
      lines.put(
          "Examples" + of, "%d in %d batches".formatted(plan.examples(), plan.batches().size()));
      if (plan.leftOut() > 0) {
        lines.put("Examples left out" + of, plan.leftOut() + " (too few for a batch)");
      }
      plan.datasetDigest().ifPresent(it -> lines.put("Data set" + of, "SHA-256 " + it));
    }
    for (CheckpointPlan checkpoint : run.plan().checkpoints()) {
      lines.put(
          "Weights of " + checkpoint.checkpoint().id(), "SHA-256 " + checkpoint.source().sha256());
    }
    for (ImportedPlan representation : run.plan().representations()) {
      lines.put(
          "Representations of " + representation.id(), "digest SHA-256 " + representation.digest());
    }
    int note = 1;
    for (String text : run.plan().notes()) {
      lines.put("Note " + note++, text);
    }
    run.seconds()
        .forEach((stage, seconds) -> lines.put("Seconds to " + stage, "%.1f".formatted(seconds)));
    return lines;
  }

  private static Map<String, String> versions() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("Similitude", Version.current());
    versions.put("Spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
    versions.put("PyTorch", TorchEngine.version());
    versions.put("Java", Runtime.version().toString());
    return versions;
  }

  private static String name(SweepPlan plan) {
    return String.join(", ", plan.spec().datasets().keySet());
  }

  private static Map<String, Object> dataset(SweepPlan plan) {
    Map<String, Object> dataset = new LinkedHashMap<>();
    plan.datasetDigest().ifPresent(sha256 -> dataset.put("sha256", sha256));
    dataset.put("examples", plan.examples());
    dataset.put("batches", plan.batches().size());
    dataset.put("examplesLeftOut", plan.leftOut());
    return dataset;
  }

  private static List<Map<String, Object>> checkpoints(SweepPlan plan) {
    return plan.checkpoints().stream().map(Manifest::checkpoint).toList();
  }

  private static List<Map<String, Object>> representations(SweepPlan plan) {
    return plan.representations().stream().map(Manifest::representation).toList();
  }

  private static Map<String, Object> representation(ImportedPlan plan) {
    Map<String, Object> representation = new LinkedHashMap<>();
    representation.put("id", plan.id());
    representation.put("digest", plan.digest());
    representation.put("layers", plan.layers().size());
    representation.put("units", plan.units().size());
    return representation;
  }

  private static Map<String, Object> checkpoint(CheckpointPlan plan) {
    Map<String, Object> checkpoint = new LinkedHashMap<>();
    checkpoint.put("id", plan.checkpoint().id());
    checkpoint.put("sha256", plan.source().sha256());
    Normalization normalization = plan.source().network().spec().normalization();
    if (!normalization.isNone()) {
      checkpoint.put("normalize", Map.of("mean", normalization.mean(), "std", normalization.std()));
    }
    checkpoint.put("layers", plan.layers().size());
    checkpoint.put("units", plan.units().size());
    return checkpoint;
  }
}
