package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.SharedSpark;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.files.FileAccess;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is asked about a sweep and taken out of a run: plan, layers, export. */
final class ExportIT {
  private static final int SITES = 2 * TinySweep.LAYERS;

  @TempDir static Path once;
  private static TinySweep sweep;

  @TempDir Path folder;

  @BeforeAll
  static void run() throws IOException {
    SharedSpark.session();
    sweep = TinySweep.in(once.resolve("sweep"));
    assertThat(sweep.command("run").status()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void aTableAsCsvHasItsColumnsAndAllRows(Table table) throws Exception {
    Path file = folder.resolve("table.csv");

    CommandResult result = export(table.folder(), "csv", "--to", file.toString());

    assertThat(result.status()).as(result.error()).isZero();
    assertThat(Files.readAllLines(file).get(0))
        .isEqualTo(String.join(",", table.schema().fieldNames()));
    boolean isThere = Files.exists(sweep.run().resolve(table.folder()));
    int rows = isThere ? RunContents.rows(sweep.run(), table).size() : 0;
    assertThat(
            RunContents.query(
                "select count(*) from read_csv('%s', header = true, all_varchar = true)"
                    .formatted(file)))
        .containsExactly(Integer.toString(rows));
  }

  @Test
  void withoutAFileCsvGoesToStandardOutput() {
    CommandResult result = export("layers", "csv");

    assertThat(result.out().lines())
        .hasSize(1 + SITES)
        .contains("exact,0,conv1,Conv2d,\"[16,32,32]\",16384");
  }

  @Test
  void similaritiesAsNpyAreTheSquareMatrixOfTheNamedSites() throws Exception {
    Path file = folder.resolve("cka.npy");

    assertThat(export("similarities", "npy", "--to", file.toString()).status()).isZero();

    NpyArray matrix = NpyArray.read(file.toString(), FileAccess.local());
    assertThat(matrix.shape()).containsExactly(SITES, SITES);
    double[] values = matrix.doubles();
    for (int i = 0; i < SITES; i++) {
      for (int j = 0; j < SITES; j++) {
        assertThat(values[i * SITES + j]).isEqualTo(values[j * SITES + i]);
      }
    }
    List<String> names = Files.readAllLines(folder.resolve("cka.sites.csv"));
    assertThat(names).hasSize(1 + SITES).contains("0,exact,benign,conv1,0", "49,half,benign,fc,24");
    assertThat(
            RunContents.query(
                "select value::varchar from read_parquet('%s/similarities/*.parquet') where a_checkpoint = 'exact' and a_position = 3 and b_checkpoint = 'half' and b_position = 7"
                    .formatted(sweep.run())))
        .containsExactly(Double.toString(values[3 * SITES + TinySweep.LAYERS + 7]));
  }

  @Test
  void onlySimilaritiesAreAMatrix() {
    CommandResult result = export("grams", "npy", "--to", folder.resolve("x.npy").toString());

    assertThat(result.status()).isEqualTo(ExitStatus.INVALID_INPUT.code());
    assertThat(result.lastLine()).startsWith("ERROR Cannot export grams as npy: only similarities");
  }

  @Test
  void aFileThatCannotBeWrittenIsTheUsersMistake() {
    CommandResult result = export("layers", "csv", "--to", folder.resolve("no/x.csv").toString());

    assertThat(result.status()).isEqualTo(ExitStatus.INVALID_INPUT.code());
    assertThat(result.lastLine())
        .isEqualTo(
            "ERROR Cannot write %s/no/x.csv: there is no folder %s/no (check --to)"
                .formatted(folder, folder));
    assertThat(export("layers", "csv", "--to", folder.toString()).lastLine())
        .isEqualTo("ERROR Cannot write %s: it is a folder (check --to)".formatted(folder));
  }

  @Test
  void aPlanSaysWhatIsDoneAndWhatIsNotAndChangesNothing() throws IOException {
    CommandResult done = sweep.command("plan");
    assertThat(done.out())
        .contains("extract: 4 of 4 units done; 16 examples in 2 batches, 0 left out")
        .contains("compare: 1 of 1 parts done; 50 representations");

    CommandResult more =
        sweep.command("plan", "--set", "dataset.examples=27", "--output", folder.toString());
    assertThat(more.status()).isZero();
    assertThat(more.out())
        .contains("extract: 0 of 6 units done; 24 examples in 3 batches, 3 left out")
        .contains("compare: 0 of 1 parts done");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aPlanSaysWhatMemoryATaskTakesAndAnAttackMoreThanOnePassOfItsExamples() {
    String benign = sweep.command("plan", "--set", "batch=16").out();
    assertThat(benign.lines().findFirst().orElseThrow())
        .endsWith("GiB of Grams  GiB to extract  GiB to attack");
    assertThat(memory(benign, "exact").get(1)).isEqualTo("-");

    String attacked =
        sweep
            .command(
                "plan",
                "--set=batch=16",
                "--set=views=[{id: linf, attack: pgd-linf, epsilon: 8/255, craft-on: exact}]")
            .out();
    List<String> exact = memory(attacked, "exact");
    assertThat(Double.parseDouble(exact.get(1))).isGreaterThan(Double.parseDouble(exact.get(0)));
    assertThat(memory(attacked, "half")).containsExactly(exact.get(0), "-");
  }

  /** The last two columns of a checkpoint's row: to extract, to attack. */
  private static List<String> memory(String plan, String checkpoint) {
    String row =
        plan.lines().filter(line -> line.startsWith(checkpoint + " ")).findFirst().orElseThrow();
    List<String> columns = List.of(row.split(" +"));
    return columns.subList(columns.size() - 2, columns.size());
  }

  @Test
  void layersAreListedInCallOrderWithTheirPlaceInTheTables() {
    CommandResult all = sweep.command("layers");
    assertThat(all.out())
        .startsWith("network wrn of exact, half: 25 of 34 layers are tapped")
        .contains("block1.layer.0.bn1");

    CommandResult some = sweep.command("layers", "--set", "layers.include=[\"block3\"]");
    assertThat(some.out()).startsWith("network wrn of exact, half: 1 of 34 layers are tapped");
  }

  private static CommandResult export(String table, String format, String... options) {
    String[] arguments = {"export", sweep.run().toString(), "--table", table, "--format", format};
    return CommandResult.of(
        java.util.stream.Stream.of(arguments, options)
            .flatMap(java.util.Arrays::stream)
            .toArray(String[]::new));
  }
}
