package io.similitude.store;

import static io.similitude.store.Samples.DIGEST;
import static io.similitude.store.Samples.commit;
import static io.similitude.store.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.SharedSpark;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Significance;
import io.similitude.similarity.significance.QValues;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import io.similitude.store.row.FailureRow;
import io.similitude.store.row.RowChoice;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TablesIT {
  private static final String[] NUMBER_LIKE = {"007", "1e3", "2026-01-01", "7", "null", "standard"};

  @TempDir Path folder;
  private RunFolder run;
  private RunWriter writer;
  private Tables tables;

  @BeforeEach
  void start() throws IOException {
    // A name full of what Spark takes for wildcards.
    run = Samples.run(folder.resolve("a [b] {c,d} *"));
    writer = run.startWriting();
    tables = new Tables(SharedSpark::session, run);
  }

  @ParameterizedTest
  @EnumSource
  void aTableThatIsNotThereIsEmptyAndHasItsColumns(Table table) throws IOException {
    assertThat(tables.open(table).count()).isZero();
    assertThat(tables.open(table).columns()).containsExactly(table.schema().fieldNames());
  }

  @Test
  void idsStayAsTheyAreWritten() throws IOException {
    for (String id : NUMBER_LIKE) {
      commit(writer, unit(id, 0, DIGEST));
    }
    List<Row> ids = tables.open(Table.GRAMS).select("checkpoint").distinct().collectAsList();
    assertThat(ids).extracting(row -> row.getString(0)).containsExactlyInAnyOrder(NUMBER_LIKE);
  }

  @Test
  void predictionsKeepWhatIsUnknownNull() throws IOException {
    commit(writer, unit(5));
    List<Row> rows = tables.open(Table.PREDICTIONS).orderBy("example_id").collectAsList();
    assertThat(rows)
        .extracting(Row::toString)
        .containsExactly(
            "[standard,benign,5,0,null,1,null,ArraySeq(0.0, 0.0),0.0,0.0,null]",
            "[standard,benign,5,1,1,1,true,ArraySeq(0.0, 1.0),0.0,0.0,null]",
            "[standard,benign,5,2,0,1,false,ArraySeq(0.0, 2.0),0.0,0.0,null]",
            "[standard,benign,5,3,1,1,true,ArraySeq(0.0, 3.0),0.0,0.0,null]");
  }

  @Test
  void activationsLayersSimilaritiesAndFailuresAreReadBack() throws IOException {
    commit(writer, unit(0));
    writer.writeLayers("standard", DIGEST, Samples.layers());
    Samples.write(
        writer,
        new Part("cka", DIGEST),
        List.of(
            Samples.similarity(0, 1, MeasureValue.of(0.25, 0.01)),
            Samples.similarity(0, 2, Samples.NONE)));
    writer.replaceFailures(List.of(new FailureRow("robust", null, null, "extract", "NaN")));

    assertThat(strings(Table.ACTIVATIONS))
        .hasSize(12)
        .contains("[standard,benign,layer2,2,3,0,ArraySeq(2.0, 3.0, 0.5)]");
    assertThat(strings(Table.LAYERS))
        .containsExactlyInAnyOrder(
            "[standard,0,conv1,Conv2d,ArraySeq(16, 32, 32),16384]",
            "[standard,1,conv1#1,Conv2d,ArraySeq(16, 32, 32),16384]",
            "[standard,2,fc,Linear,ArraySeq(10),10]");
    assertThat(strings(Table.SIMILARITIES))
        .containsExactlyInAnyOrder(
            "[cka,linear,minibatch,unbiased,standard,benign,layer0,0,standard,benign,layer1,1,"
                + "0.25,0.01,1000,4,ok,null,null,null,null]",
            "[cka,linear,minibatch,unbiased,standard,benign,layer0,0,standard,benign,layer2,2,"
                + "null,null,1000,4,negative-hsic,null,null,null,null]");
    assertThat(strings(Table.FAILURES)).containsExactly("[robust,null,null,extract,NaN]");
  }

  @Test
  void similaritiesAreDecodedAsTheyWereWritten() throws IOException {
    Site conv = new Site("standard", "benign", "conv1", 0);
    Site fc = new Site("robust", "benign", "fc", 1);
    MeasureColumns bare = new MeasureColumns("procrustes", "", "", "");
    List<SimilarityRow> rows =
        List.of(
            Samples.similarity(0, 1, MeasureValue.of(-0.25, 0)),
            Samples.similarity(0, 2, Samples.NONE),
            new SimilarityRow(bare, fc, conv, MeasureValue.withoutError(0.5), 1L << 40, 1));
    Samples.write(writer, new Part("mixed", DIGEST), rows);

    assertThat(
            tables.open(Table.SIMILARITIES).collectAsList().stream()
                .map(row -> SimilarityRows.decode(row, Map.of())))
        .containsExactlyInAnyOrderElementsOf(rows);
    assertThat(strings(Table.SIMILARITIES))
        .contains(
            "[procrustes,null,null,null,robust,benign,fc,1,standard,benign,conv1,0,"
                + "0.5,null,1099511627776,1,ok,null,null,null,null]");
  }

  @Test
  void similaritiesHaveTheQValuesOfTheirMeasure() throws IOException {
    Part part = new Part("cka", DIGEST);
    SimilarityRow untested = Samples.similarity(0, 1, MeasureValue.of(0.5, 0.1));
    Samples.write(writer, part, List.of(untested, tested(2, 0.25), tested(3, 0.75)));
    writer.writeQValues(List.of(part), run.pValues(part));

    Map<MeasureColumns, QValues> qValues = run.qValues();
    assertThat(
            tables.read(
                Table.SIMILARITIES,
                RowChoice.ALL,
                row -> SimilarityRows.decode(row, qValues).evidence().qValue()))
        .containsExactlyInAnyOrder(
            OptionalDouble.empty(), OptionalDouble.of(0.5), OptionalDouble.of(0.75));
  }

  private static SimilarityRow tested(int layer, double pValue) {
    SimilarityRow row = Samples.similarity(0, layer, MeasureValue.of(0.5, 0.1));
    OptionalDouble none = OptionalDouble.empty();
    return new SimilarityRow(
        row.measure(),
        row.a(),
        row.b(),
        row.similarity(),
        new Significance(none, none, OptionalDouble.of(pValue), none),
        row.examples(),
        row.batches());
  }

  @Test
  void otherToolsReadTheFolderWithIdsAsStrings() throws IOException, SQLException {
    RunFolder plain = Samples.run(folder.resolve("plain"));
    RunWriter out = plain.startWriting();
    commit(out, unit("007", 0, DIGEST));
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement query = duckdb.createStatement();
        ResultSet rows =
            query.executeQuery(
                "select checkpoint, view, position, octet_length(gram) from read_parquet('"
                    + folder.resolve("plain/grams")
                    + "/**/*.parquet', hive_types_autocast = false) order by position")) {
      List<String> read = new ArrayList<>();
      while (rows.next()) {
        read.add(rows.getString(1) + rows.getString(2) + rows.getInt(3) + "," + rows.getInt(4));
      }
      assertThat(read).containsExactly("007benign0,40", "007benign1,40", "007benign2,40");
    }
  }

  @Test
  void partitionsThatHoldNoFileYetAreNoRows() throws IOException {
    Files.createDirectories(folder.resolve("a [b] {c,d} */grams/checkpoint=standard/view=benign"));
    assertThat(tables.open(Table.GRAMS).count()).isZero();
  }

  @Test
  void choicesAreTheSameWithAndWithoutSpark() throws IOException {
    for (String id : NUMBER_LIKE) {
      commit(writer, unit(id, 0, DIGEST));
    }
    RowChoice choice =
        RowChoice.ofColumns("example_id", "checkpoint", "label", "correct")
            .with("checkpoint", List.of("007", "null", "absent"))
            .with("example_id", List.of(0L, 2L, 3L))
            .with("correct", List.of(false, true));
    List<String> small = strings(tables.rows(Table.PREDICTIONS, choice));
    assertThat(small)
        .containsExactlyInAnyOrder(
            "[2,007,0,false]", "[3,007,1,true]", "[2,null,0,false]", "[3,null,1,true]");
    assertThat(strings(large().rows(Table.PREDICTIONS, choice)))
        .containsExactlyInAnyOrderElementsOf(small);
  }

  @Test
  void filesOfOtherCheckpointsAreNotOpened() throws IOException {
    commit(writer, unit("chosen", 0, DIGEST));
    commit(writer, unit("dropped", 0, DIGEST));
    for (String path : unit("dropped", 0, DIGEST).paths()) {
      Files.write(folder.resolve("a [b] {c,d} *").resolve(path), new byte[] {1});
    }

    RowChoice choice = RowChoice.ofColumns("checkpoint").with("checkpoint", List.of("chosen"));
    assertThat(strings(tables.rows(Table.PREDICTIONS, choice))).hasSize(4).containsOnly("[chosen]");
  }

  @Test
  void groupsAreTheSameWithAndWithoutSpark() throws IOException {
    for (String id : NUMBER_LIKE) {
      commit(writer, unit(id, 0, DIGEST));
    }
    RowChoice choice = RowChoice.ALL.with("checkpoint", List.of("007", "7"));
    List<String> small = groups(tables, choice);
    assertThat(small).containsExactlyInAnyOrder("007: 4", "7: 4");
    assertThat(groups(large(), choice)).containsExactlyInAnyOrderElementsOf(small);
    assertThat(tables.isSmall(Table.PREDICTIONS)).isTrue();
    assertThat(large().isSmall(Table.PREDICTIONS)).isFalse();
  }

  @Test
  void aChoiceReadsTheColumnsThatItDependsOn() {
    assertThatThrownBy(() -> RowChoice.ofColumns("view").with("checkpoint", List.of("a")))
        .hasMessage("Invalid choice of rows: it depends on [checkpoint], but reads [view]");
  }

  /** Tables that count as large, so that Spark reads them. */
  private Tables large() {
    return new Tables(SharedSpark::session, run, 0);
  }

  private static List<String> groups(Tables tables, RowChoice choice) throws IOException {
    return tables.group(
        Table.PREDICTIONS,
        choice,
        row -> row.getAs("checkpoint"),
        (id, rows) -> id + ": " + count(rows),
        String.class);
  }

  private static int count(Iterator<Row> rows) {
    int count = 0;
    for (; rows.hasNext(); rows.next()) {
      count++;
    }
    return count;
  }

  /** All rows, as this process reads them; Spark must read the same. */
  private List<String> strings(Table table) throws IOException {
    List<String> rows = strings(tables.open(table).collectAsList());
    assertThat(tables.read(table, RowChoice.ALL, Row::toString))
        .containsExactlyInAnyOrderElementsOf(rows);
    return rows;
  }

  private static List<String> strings(List<Row> rows) {
    return rows.stream().map(Row::toString).toList();
  }
}
