package io.similitude.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Significance;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file of similarities holds is what was added, whatever is null and wherever pages end. */
final class PartWriterTest {
  private static final Part PART = new Part("part", Samples.DIGEST);

  /** The columns that a measure may lack. */
  private static final List<String> PARTS = List.of("kernel", "estimator", "bias", "parameters");

  private static final List<String> NUMBERS =
      List.of("value", "standard_error", "jackknife_error", "z_score", "p_value");

  @TempDir Path folder;
  private RunFolder run;
  private RunWriter writer;

  @BeforeEach
  void start() throws IOException {
    run = Samples.run(folder);
    writer = run.startWriting();
  }

  @Test
  void rowsOfManyPagesAndSeveralRowGroupsComeBackAsTheyWere() throws IOException {
    int count = (1 << 18) + (1 << 14) + 5;
    Samples.write(writer, PART, rows(count));

    try (var rows = TableReader.ofGroups(run.storage(), PART.file(), FilterCompat.NOOP)) {
      Random random = new Random(count);
      for (int i = 0; i < count; i++) {
        assertRow(rows.next(), row(random, i));
      }
      assertThat(rows.next()).isNull();
    }
    assertThat(rowGroups())
        .extracting(BlockMetaData::getRowCount)
        .containsExactly(1L << 18, 16389L);
  }

  @Test
  void theStatisticsAreThoseOfTheRows() throws IOException {
    int count = 40_000;
    List<SimilarityRow> rows = rows(count);
    Samples.write(writer, PART, rows);

    List<Double> values =
        rows.stream().flatMap(row -> row.similarity().value().stream().boxed()).toList();
    assertThat(of("value").getNumNulls()).isEqualTo(count - values.size());
    assertThat(of("value").genericGetMin())
        .isEqualTo(values.stream().min(Double::compare).orElseThrow());
    assertThat(of("value").genericGetMax())
        .isEqualTo(values.stream().max(Double::compare).orElseThrow());
    assertThat(of("a_position").genericGetMax()).isEqualTo(count / 100 - 1);
    assertThat(of("parameters").getNumNulls())
        .isEqualTo(rows.stream().filter(row -> row.measure().parameters().isEmpty()).count());
    assertThat(of("metric").minAsString()).isEqualTo("cka");
    assertThat(of("metric").maxAsString()).isEqualTo("rsa");
  }

  @Test
  void aPartMayHaveNoRowsOrOnlyNulls() throws IOException {
    Samples.write(writer, PART, List.of());
    assertThat(rowGroups()).isEmpty();

    Part other = new Part("part", Samples.NEWER);
    SimilarityRow none = Samples.similarity(0, 1, MeasureValue.missing(Status.CONSTANT_LAYER));
    Samples.write(writer, other, List.of(none));
    try (var rows = TableReader.ofGroups(run.storage(), other.file(), FilterCompat.NOOP)) {
      assertRow(rows.next(), none);
    }
  }

  @Test
  void aFileThatIsNotCommittedIsNotThere() throws IOException {
    try (PartWriter part = writer.part(PART)) {
      part.add(row(new Random(1), 0));
    }

    assertThat(run.listing().present(List.of(PART))).isEmpty();
    assertThat(run.storage().list(RunWriter.STAGING)).isEmpty();
  }

  private List<BlockMetaData> rowGroups() throws IOException {
    try (ParquetFileReader file = ParquetFileReader.open(run.storage().input(PART.file().path()))) {
      return file.getFooter().getBlocks();
    }
  }

  private Statistics<?> of(String column) throws IOException {
    return rowGroups().get(0).getColumns().stream()
        .filter(chunk -> chunk.getPath().toDotString().equals(column))
        .map(ColumnChunkMetaData::getStatistics)
        .findFirst()
        .orElseThrow();
  }

  private static List<SimilarityRow> rows(int count) {
    Random random = new Random(count);
    List<SimilarityRow> rows = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> rows.add(row(random, i)));
    return rows;
  }

  private static SimilarityRow row(Random random, int i) {
    MeasureColumns measure =
        i % 30_000 < 20_000
            ? new MeasureColumns("cka", "linear", "minibatch", "unbiased")
            : new MeasureColumns("rsa", "", "", "", i % 2 == 0 ? "passes=3" : "");
    MeasureValue value =
        switch (random.nextInt(4)) {
          case 0 -> MeasureValue.missing(Status.NEGATIVE_HSIC);
          case 1 -> MeasureValue.withoutError(random.nextBoolean() ? 0.0 : -0.0);
          default -> MeasureValue.of(random.nextGaussian(), random.nextDouble());
        };
    return new SimilarityRow(
        measure,
        new Site("standard", "benign", "layer" + i / 100, i / 100),
        new Site("robust-é", "pgd", "layer" + i % 100, i % 100),
        value,
        new Significance(maybe(random), maybe(random), maybe(random), OptionalDouble.empty()),
        5_000_000_000L + i % 3,
        i % 7);
  }

  private static OptionalDouble maybe(Random random) {
    return random.nextInt(3) == 0 ? OptionalDouble.empty() : OptionalDouble.of(random.nextDouble());
  }

  private static void assertRow(Group found, SimilarityRow row) {
    assertThat(text(found, "metric")).isEqualTo(row.measure().metric());
    assertThat(PARTS.stream().map(name -> text(found, name)))
        .containsExactly(
            row.measure().kernel(),
            row.measure().estimator(),
            row.measure().bias(),
            row.measure().parameters());
    assertThat(site(found, "a")).isEqualTo(row.a());
    assertThat(site(found, "b")).isEqualTo(row.b());
    assertThat(NUMBERS.stream().map(name -> number(found, name)))
        .containsExactly(
            row.similarity().value(),
            row.similarity().standardError(),
            row.evidence().jackknifeError(),
            row.evidence().zScore(),
            row.evidence().pValue());
    assertThat(found.getLong("examples", 0)).isEqualTo(row.examples());
    assertThat(found.getInteger("batches", 0)).isEqualTo(row.batches());
    assertThat(text(found, "status")).isEqualTo(row.similarity().status().label());
  }

  private static Site site(Group row, String side) {
    return new Site(
        row.getString(side + "_checkpoint", 0),
        row.getString(side + "_view", 0),
        row.getString(side + "_layer", 0),
        row.getInteger(side + "_position", 0));
  }

  private static String text(Group row, String column) {
    return row.getFieldRepetitionCount(column) == 0 ? "" : row.getString(column, 0);
  }

  private static OptionalDouble number(Group row, String column) {
    return row.getFieldRepetitionCount(column) == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(row.getDouble(column, 0));
  }
}
