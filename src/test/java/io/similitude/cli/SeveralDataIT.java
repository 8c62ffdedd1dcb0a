package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.SharedSpark;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep whose views show two data sets. */
final class SeveralDataIT {
  private static final String ONE =
      """
      dataset:
        format: idx
        images: images.gz
        labels: labels.gz
        examples: 16
        transform: [{pad: 2}, {channels: 3}]
      """;
  private static final String SOURCE =
      "format: idx, images: images.gz, labels: labels.gz, transform: [{pad: 2}, {channels: 3}]";
  private static final String TWO =
      "datasets:\n  test: {%s, examples: 16}\n  train: {%s, examples: 24, order: shuffled}\n  unused: {%s}\n"
          .formatted(SOURCE, SOURCE, SOURCE);
  private static final String VIEWS =
      "views: [{id: benign}, {id: train, data: train}, {id: noisy, data: train, attack: uniform-noise, epsilon: 8/255}]\n";
  private static final String MEASURES =
      "similarities: [{metric: cka}, {metric: cka, given: labels}]\n";

  @TempDir static Path folder;
  private static TinySweep both;
  private static TinySweep test;

  @BeforeAll
  static void run() throws IOException {
    SharedSpark.session();
    both = sweep("both", TWO, VIEWS + MEASURES);
    test = sweep("test", ONE, "views: [{id: benign}]\n" + MEASURES);
  }

  private static TinySweep sweep(String name, String dataset, String more) throws IOException {
    TinySweep sweep = TinySweep.in(folder.resolve(name));
    String spec = Files.readString(sweep.spec());
    assertThat(spec).contains(ONE);
    Files.writeString(sweep.spec(), spec.replace(ONE, dataset) + more);
    WholeRun.assertDone(sweep.command("run"));
    return sweep;
  }

  @Test
  void pairsOverDifferentDataAreNotListed() throws Exception {
    assertThat(query("select distinct a_view || ' ' || b_view from rows order by 1"))
        .containsExactly(
            "benign benign", "noisy noisy", "noisy train", "train noisy", "train train");
    assertThat(query("select distinct examples from rows where a_view = 'train'"))
        .containsExactly("24");
    assertThat(query("select count(*) from rows where status = 'not-compared'"))
        .containsExactly("0");
  }

  @Test
  void aSweepOfOneOfThemHasTheSameNumbers() throws Exception {
    String select =
        "select concat_ws(' ', a_checkpoint, a_layer, b_checkpoint, b_layer, parameters, value, standard_error, p_value, status) from rows where a_view = 'benign' order by 1";

    assertThat(query(select)).isEqualTo(query(test, select)).isNotEmpty();
    assertThat(RunContents.rows(both.run(), Table.GRAMS))
        .containsAll(RunContents.rows(test.run(), Table.GRAMS));
  }

  @Test
  void eachDataSetHasItsLabels() throws Exception {
    assertThat(
            query(
                "select distinct b_view from rows where b_checkpoint = 'dataset' and b_layer = 'labels' order by 1"))
        .containsExactly("benign", "train");
  }

  @Test
  void aSecondRunDoesNothingAndThePlanNamesBoth() {
    assertThat(both.command("run").out()).startsWith("Nothing to do");
    assertThat(both.command("plan").out())
        .contains("data set test:", "data set train:", "16 examples in 2 batches", "24 examples");
    assertThat(both.command("layers").status()).isZero();
  }

  @Test
  void theManifestAndTheReportNameBoth() throws Exception {
    assertThat(both.run().resolve("manifest.json"))
        .content()
        .contains("\"datasets\"", "\"train\"", "\"unused\"");
    assertThat(both.run().resolve("report/index.html"))
        .content()
        .contains("Examples of test", "Examples of train");
  }

  private static List<String> query(String sql) throws Exception {
    return query(both, sql);
  }

  private static List<String> query(TinySweep sweep, String sql) throws Exception {
    return RunContents.query(
        sql.replace(
            "from rows", "from read_parquet('%s/similarities/*.parquet')".formatted(sweep.run())));
  }
}
