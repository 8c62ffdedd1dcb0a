package io.similitude.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.similitude.analysis.finding.ComparedView;
import io.similitude.analysis.finding.LabelSummary;
import io.similitude.analysis.finding.MatchedSummary;
import io.similitude.analysis.finding.SummaryRules;
import io.similitude.analysis.finding.SummaryRules.Summaries;
import io.similitude.execution.HadoopSettings;
import io.similitude.input.InputException;
import io.similitude.spec.DatasetPart;
import io.similitude.store.RunFolder;
import io.similitude.store.Tables;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Another run of the same checkpoints on their training examples: {@code findings: {overfitting:
 * {train: RUN}}}. Checkpoints are matched by the digests of their weights. The name of each of its
 * views is {@code train:} followed by the view's own id.
 */
final class TrainingRun {
  private static final int MOST_BYTES = 64 << 20;

  private final SweepRun run;
  private final RunFolder folder;
  private final JsonNode manifest;

  /** The ids of checkpoints in this run, by their ids in the other run. */
  private final Map<String, String> checkpoints;

  private TrainingRun(
      SweepRun run, RunFolder folder, JsonNode manifest, Map<String, String> checkpoints) {
    this.run = run;
    this.folder = folder;
    this.manifest = manifest;
    this.checkpoints = checkpoints;
  }

  static TrainingRun open(SweepRun run, String location) throws IOException {
    String file = location + "/" + RunRecord.MANIFEST;
    if (!run.files().exists(file)) {
      throw new InputException(
          "Cannot read the run on training data %s: it has no %s (run its spec first, and name its folder)"
              .formatted(location, RunRecord.MANIFEST));
    }
    JsonNode manifest = new ObjectMapper().readTree(run.files().readText(file, MOST_BYTES));
    Map<String, String> byDigest = new HashMap<>();
    run.plan()
        .checkpoints()
        .forEach(it -> byDigest.putIfAbsent(it.source().sha256(), it.checkpoint().id()));
    Map<String, String> ids = new LinkedHashMap<>();
    for (JsonNode there : manifest.path("checkpoints")) {
      String here = byDigest.get(there.path("sha256").asText());
      if (here != null) {
        ids.put(there.path("id").asText(), here);
      }
    }
    if (ids.isEmpty()) {
      throw new InputException(
          "Cannot use the run on training data %s: none of its checkpoints has the weights of one of this sweep (check findings: overfitting: train)"
              .formatted(location));
    }
    return new TrainingRun(
        run, RunFolder.at(location, HadoopSettings.configuration()), manifest, ids);
  }

  List<ComparedView> views() {
    List<ComparedView> views = new ArrayList<>();
    for (JsonNode view : manifest.path("spec").path("views")) {
      JsonNode attack = view.path("attack");
      JsonNode epsilon = view.path("epsilon");
      views.add(
          new ComparedView(
              ComparedView.OF_TRAINING_RUN + view.path("id").asText(),
              attack.isTextual() ? attack.asText() : null,
              epsilon.isNumber() ? epsilon.asDouble() : null,
              ComparedView.TRAINING));
    }
    return views;
  }

  /**
   * The summaries of the other run that the overfitting findings need, under the names of this run.
   */
  List<Summaries> summaries(SummaryRules rules) throws IOException {
    List<String> ids =
        Stream.concat(
                checkpoints.keySet().stream(),
                Stream.concat(Stream.of(DatasetPart.CHECKPOINT), rules.labels().stream()))
            .distinct()
            .toList();
    List<String> views = new ArrayList<>();
    manifest.path("spec").path("views").forEach(it -> views.add(it.path("id").asText()));
    SummaryRules there =
        new SummaryRules(
            rules.settings(),
            false,
            Map.of(),
            Stream.concat(Stream.of(DatasetPart.CHECKPOINT), rules.labels().stream())
                .collect(Collectors.toSet()));
    folder.check(folder.listing().tableFiles(Table.REPLICATES).keySet());
    return new SummaryReader(new Tables(run::spark, folder), there)
        .read(ids, views).stream().map(this::renamed).filter(Objects::nonNull).toList();
  }

  private Summaries renamed(Summaries there) {
    LabelSummary labels = there.labelled();
    MatchedSummary pair = there.matched();
    if (labels != null) {
      return new Summaries(
          null,
          null,
          null,
          new LabelSummary(
              labels.measure(),
              checkpoints.get(labels.checkpoint()),
              ComparedView.OF_TRAINING_RUN + labels.view(),
              labels.layers(),
              labels.byLayer()));
    }
    if (pair == null || !pair.a().equals(pair.b())) {
      return null;
    }
    String id = checkpoints.get(pair.a());
    return new Summaries(
        null,
        new MatchedSummary(
            pair.measure(),
            id,
            ComparedView.OF_TRAINING_RUN + pair.view(),
            id,
            ComparedView.OF_TRAINING_RUN + pair.otherView(),
            pair.layers(),
            pair.similarity(),
            pair.distance(),
            pair.byLayer()),
        null,
        null);
  }
}
