package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.SharedSpark;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Estimates from stored activations, against the same from Gram matrices of one batch. */
final class ExactIT {
  private static final String POOLED = "layers: {features: pooled, include: [fc, block1.*, relu]}";

  private static final String MEASURES =
      """
      similarities:
        - {metric: cka, estimator: %1$s}
        - {metric: cka, estimator: %1$s, bias: biased}
        - {metric: cka, kernel: rbf, estimator: %1$s}
        - {metric: distance-correlation, estimator: %1$s}
        - {metric: procrustes, estimator: %1$s}
        - {metric: rsa, correlation: pearson, estimator: %1$s}
        - {metric: svcca, rank: 1, estimator: %1$s}
      """;

  @TempDir Path folder;
  private TinySweep sweep;

  @BeforeAll
  static void start() {
    SharedSpark.session();
  }

  @BeforeEach
  void write() throws IOException {
    sweep = TinySweep.in(folder.resolve("sweep"));
  }

  @Test
  void isWhatOneBatchOfAllExamplesGives() throws Exception {
    TinySweep together = TinySweep.in(folder.resolve("together"));
    run(sweep, POOLED, MEASURES.formatted("exact"), "batch=16");
    run(together, POOLED, MEASURES.formatted("minibatch"), "batch=48");

    // Stored Gram matrices are float32; Procrustes adds up the roots of what it loses.
    assertThat(differences(sweep, together)).allMatch(it -> Double.parseDouble(it) < 1e-3);
    assertThat(differences(sweep, together)).hasSize(7);
    assertThat(values(sweep, "distinct examples || '/' || batches")).containsExactly("48/1");
    assertThat(values(sweep, "count(standard_error)", "metric = 'cka' and kernel = 'linear'"))
        .isEqualTo(values(sweep, "count(value)", "metric = 'cka' and kernel = 'linear'"));
    assertThat(statuses(sweep)).isEqualTo(statuses(together));
  }

  @Test
  void fullFeaturesGoByTilesFewByCrossCovariances() throws Exception {
    TinySweep together = TinySweep.in(folder.resolve("together"));
    String full = "layers: {include: [conv1, fc]}%nactivations: full".formatted();
    String fc = "layers: {include: [fc]}%nactivations: full".formatted();
    String exact = "similarities: [{metric: cka, estimator: exact}]";

    run(sweep, full, exact, "batch=16");
    run(together, full, "", "batch=48");
    assertThat(plan(sweep, "batch=16")).contains("1 by Gram tiles, N^2 p a representation");
    assertThat(differences(sweep, together)).allMatch(it -> Double.parseDouble(it) < 1e-4);

    run(sweep, fc, exact, "batch=16");
    run(together, fc, "", "batch=48");
    assertThat(plan(sweep, "batch=16")).contains("1 by cross-covariances, 2 N p q a pair");
    assertThat(differences(sweep, together)).allMatch(it -> Double.parseDouble(it) < 1e-4);
  }

  @Test
  void whatIsThereIsNotComputedAgain() throws Exception {
    run(sweep, POOLED, MEASURES.formatted("exact"), "batch=16");
    List<String> rows = RunContents.rows(sweep.run(), Table.SIMILARITIES);
    assertThat(sweep.command("run", set("batch=16")).out()).startsWith("Nothing to do");
    Path part = part("exact-cka-");
    Files.delete(part);
    Path other = part("exact-0");
    Object before = Files.getAttribute(other, "unix:ino");

    assertThat(sweep.command("compare", set("batch=16")).status()).isZero();

    assertThat(RunContents.rows(sweep.run(), Table.SIMILARITIES)).isEqualTo(rows);
    assertThat(Files.getAttribute(other, "unix:ino")).isEqualTo(before);
  }

  @Test
  void onlyBatchesHaveEvidenceAndEachWayKeepsItsParts() throws Exception {
    run(
        sweep,
        POOLED,
        "similarities: [{metric: cka}, {metric: cka, estimator: exact}, {metric: cka, passes: 2}]",
        "batch=16");
    List<String> rows = RunContents.rows(sweep.run(), Table.SIMILARITIES);
    String pairs = "status = 'ok' and (a_checkpoint <> b_checkpoint or a_layer <> b_layer)";
    String ofBatches = "estimator = 'minibatch' and parameters is null";

    assertThat(
            values(
                sweep,
                "distinct concat_ws('|', %s, z_score is null, p_value is null, jackknife_error is null) s"
                    .formatted(ofBatches),
                pairs + " order by s"))
        .containsExactly("false|true|true|true", "true|false|false|false");
    Path exact = part("exact-cka-");
    Path passes = part("passes-2-");
    Object before = Files.getAttribute(exact, "unix:ino");
    Files.delete(passes);
    Files.delete(part("part"));

    assertThat(sweep.command("compare", set("batch=16")).status()).isZero();
    assertThat(RunContents.rows(sweep.run(), Table.SIMILARITIES)).isEqualTo(rows);
    assertThat(Files.getAttribute(exact, "unix:ino")).isEqualTo(before);
    Object restored = Files.getAttribute(part("part"), "unix:ino");
    assertThat(sweep.command("compare", set("batch=16")).status()).isZero();
    assertThat(Files.getAttribute(part("part"), "unix:ino")).isEqualTo(restored);
  }

  @Test
  void severalPassesKeepTheExamplesAndTheirError() throws Exception {
    String passes =
        "similarities: [{metric: cka, passes: 3}, {metric: procrustes, passes: 3}, {metric: cka}]";
    run(sweep, POOLED, passes, "batch=8");
    List<String> rows = RunContents.rows(sweep.run(), Table.SIMILARITIES);

    assertThat(values(sweep, "distinct examples || '/' || batches", "parameters = 'passes=3'"))
        .containsExactly("48/18");
    assertThat(values(sweep, "count(*)", "status = 'ok' and standard_error is null"))
        .containsExactly("0");
    TinySweep again = TinySweep.in(folder.resolve("again"));
    run(again, POOLED, passes, "batch=8");
    assertThat(RunContents.rows(again.run(), Table.SIMILARITIES)).isEqualTo(rows);
    run(again, POOLED, passes, "batch=8", "seed=7");
    assertThat(RunContents.rows(again.run(), Table.SIMILARITIES)).isNotEqualTo(rows);
  }

  @Test
  void pwccaGoesByActivationsWhereTheyAreKept() throws Exception {
    String measures = "similarities: [{metric: pwcca}, {metric: cca, estimator: exact}]";
    run(sweep, "layers: {features: pooled, include: [fc, conv1]}", measures, "batch=24");

    // Both directions of each of 6 pairs, and 4 sites with themselves; 16 and 10 features.
    assertThat(values(sweep, "count(*)", "metric = 'pwcca' and status = 'ok'"))
        .containsExactly("16");
    assertThat(values(sweep, "count(*)", "metric = 'cca' and status = 'ok'")).containsExactly("10");

    run(sweep, "activations: none", "similarities: [{metric: pwcca}]", "batch=24");
    assertThat(values(sweep, "distinct status", "a_layer = 'fc' and b_layer = 'fc'"))
        .containsExactly("activations-not-kept");
  }

  @Test
  void moreFeaturesThanExamplesHaveNoCanonicalCorrelations() throws Exception {
    run(
        sweep,
        "layers: {features: pooled, include: [relu]}",
        "similarities: [{metric: pwcca, estimator: exact}, {metric: cca, estimator: exact}]",
        "batch=16");

    assertThat(values(sweep, "distinct status")).containsExactly("more-features-than-examples");
  }

  @Test
  void activationsOfOtherExamplesAreNamed() throws Exception {
    run(sweep, POOLED, "similarities: [{metric: cka, estimator: exact}]", "batch=16");
    Path damaged = sweep.run().resolve("activations/checkpoint=half/view=benign");
    try (var files = Files.list(damaged)) {
      Path file = files.sorted().findFirst().orElseThrow();
      Files.write(file, new byte[] {1, 2, 3});
    }
    Files.delete(part("exact-cka-"));

    CommandResult result = sweep.command("compare", set("batch=16"));

    assertThat(result.status()).isEqualTo(ExitStatus.SOME_FAILED.code());
    assertThat(result.error()).contains("Cannot read ", "run again");
  }

  private Path part(String prefix) throws IOException {
    try (var files = Files.list(sweep.run().resolve("similarities"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void run(
      TinySweep sweep, String settings, String similarities, String... overrides)
      throws IOException {
    sweep.checkpoints("exact", "half");
    Files.writeString(
        sweep.spec(), "%n%s%n%s%n".formatted(settings, similarities), StandardOpenOption.APPEND);
    CommandResult result = sweep.command("run", set(overrides));
    assertThat(result.status()).as(result.error()).isZero();
  }

  private static String plan(TinySweep sweep, String... overrides) {
    return sweep.command("plan", set(overrides)).out();
  }

  /** With 48 of the 50 images. */
  private static String[] set(String... overrides) {
    String[] options = new String[2 * overrides.length + 2];
    options[0] = "--set";
    options[1] = "dataset.examples=48";
    for (int i = 0; i < overrides.length; i++) {
      options[2 * i + 2] = "--set";
      options[2 * i + 3] = overrides[i];
    }
    return options;
  }

  /** The largest of each measure. */
  private static List<String> differences(TinySweep one, TinySweep other) throws SQLException {
    return RunContents.query(
        """
        select max(abs(a.value - b.value))
        from read_parquet('%s/similarities/*.parquet') a
        join read_parquet('%s/similarities/*.parquet') b
        on a.metric = b.metric and a.kernel is not distinct from b.kernel
          and a.bias is not distinct from b.bias
          and a.a_checkpoint = b.a_checkpoint and a.a_position = b.a_position
          and a.b_checkpoint = b.b_checkpoint and a.b_position = b.b_position
        group by a.metric, a.kernel, a.bias
        """
            .formatted(one.run(), other.run()));
  }

  private static List<String> statuses(TinySweep sweep) throws SQLException {
    return values(
        sweep,
        "(metric || a_checkpoint || a_layer || b_checkpoint || b_layer || status) s",
        "true order by s");
  }

  private static List<String> values(TinySweep sweep, String what) throws SQLException {
    return values(sweep, what, "true");
  }

  private static List<String> values(TinySweep sweep, String what, String which)
      throws SQLException {
    return RunContents.query(
        "select %s from read_parquet('%s/similarities/*.parquet') where %s"
            .formatted(what, sweep.run(), which));
  }
}
