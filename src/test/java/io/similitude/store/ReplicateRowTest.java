package io.similitude.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.table.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file of replicates holds is what was added. */
final class ReplicateRowTest {
  private static final Part PART = new Part("part", Samples.DIGEST);
  private static final int COUNT = (1 << 15) + 7;

  @TempDir Path folder;
  private RunFolder run;
  private RunWriter writer;

  @BeforeEach
  void start() throws IOException {
    run = Samples.run(folder);
    writer = run.startWriting();
  }

  @Test
  void rowsOfManyPagesComeBackAsTheyWere() throws IOException {
    write(COUNT);

    try (var rows = TableReader.ofGroups(run.storage(), PART.replicates(), FilterCompat.NOOP)) {
      for (int i = 0; i < COUNT; i++) {
        assertRow(rows.next(), row(i));
      }
      assertThat(rows.next()).isNull();
    }
  }

  @Test
  void theStatisticsAreThoseOfAllLists() throws IOException {
    write(COUNT);

    double least = Double.MAX_VALUE;
    double most = -Double.MAX_VALUE;
    for (int i = 0; i < COUNT; i++) {
      for (double without : row(i).without()) {
        least = Math.min(least, without);
        most = Math.max(most, without);
      }
    }
    try (ParquetFileReader file =
        ParquetFileReader.open(run.storage().input(PART.replicates().path()))) {
      Statistics<?> found =
          file.getFooter().getBlocks().get(0).getColumns().stream()
              .filter(it -> it.getPath().toDotString().equals("without.list.element"))
              .findFirst()
              .orElseThrow()
              .getStatistics();
      assertThat(found.genericGetMin()).isEqualTo(least);
      assertThat(found.genericGetMax()).isEqualTo(most);
    }
  }

  @Test
  void aPartMayHaveNoReplicates() throws IOException {
    write(0);

    try (var rows = TableReader.ofGroups(run.storage(), PART.replicates(), FilterCompat.NOOP)) {
      assertThat(rows.next()).isNull();
    }
  }

  private void write(int count) throws IOException {
    try (ReplicateRow.Writer out = writer.replicates(PART)) {
      for (int i = 0; i < count; i++) {
        out.add(row(i));
      }
      out.commit();
    }
  }

  private static ReplicateRow row(int i) {
    Random random = new Random(i);
    String bias = i % 3 == 0 ? "" : "unbiased";
    boolean isMissing = i % 7 == 0;
    return new ReplicateRow(
        new MeasureColumns("cka", "linear", "minibatch", bias, ""),
        new Site("one", "benign", "layer" + i % 11, i % 11),
        new Site("other", "pgd", "layer" + i % 5, i % 5),
        isMissing
            ? MeasureValue.missing(Status.CONSTANT_LAYER)
            : MeasureValue.withoutError(random.nextDouble()),
        isMissing ? new double[0] : random.doubles(1 + i % 16, -1, 1).toArray());
  }

  private static void assertRow(Group found, ReplicateRow row) {
    assertThat(found.getString("metric", 0)).isEqualTo("cka");
    assertThat(found.getFieldRepetitionCount("parameters")).isZero();
    assertThat(found.getFieldRepetitionCount("bias"))
        .isEqualTo(row.measure().bias().isEmpty() ? 0 : 1);
    assertThat(found.getString("a_layer", 0)).isEqualTo(row.a().layer());
    assertThat(found.getString("b_checkpoint", 0)).isEqualTo("other");
    assertThat(found.getInteger("b_position", 0)).isEqualTo(row.b().position());
    assertThat(found.getString("status", 0)).isEqualTo(row.similarity().status().label());
    assertThat(found.getFieldRepetitionCount("value"))
        .isEqualTo(row.similarity().value().isPresent() ? 1 : 0);
    row.similarity()
        .value()
        .ifPresent(value -> assertThat(found.getDouble("value", 0)).isEqualTo(value));
    Group list = found.getGroup("without", 0);
    assertThat(list.getFieldRepetitionCount("list")).isEqualTo(row.without().length);
    for (int k = 0; k < row.without().length; k++) {
      assertThat(list.getGroup("list", k).getDouble("element", 0)).isEqualTo(row.without()[k]);
    }
  }
}
