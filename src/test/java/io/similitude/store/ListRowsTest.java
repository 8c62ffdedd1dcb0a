package io.similitude.store;

import static io.similitude.store.Samples.DIGEST;
import static io.similitude.store.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.store.row.Table;
import io.similitude.store.row.UnitRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists that are written page by page, read by Parquet's own reader. */
final class ListRowsTest {
  @TempDir Path folder;
  private RunWriter writer;

  @BeforeEach
  void start() throws IOException {
    writer = Samples.run(folder).startWriting();
  }

  @Test
  void listsOfAllLengthsComeBack() throws IOException {
    int[] lengths = {1, 7, 8, 9, 0, 2, 63, 64, 65, 1000, 0, 0, 3};
    List<float[]> lists = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int length : lengths) {
      lists.add(floats(length, random));
    }
    Unit made = write(lists);
    assertThat(read(made)).usingRecursiveComparison().isEqualTo(lists);
  }

  @Test
  void pagesAndRowGroupsEndInTime() throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    List<float[]> lists = new ArrayList<>();
    // 24 MB: more than one row group, and each row is more than half of a page.
    for (int k = 0; k < 40; k++) {
      lists.add(floats(150_000, random));
    }
    assertThat(blocks(write(lists)))
        .hasSize(2)
        .allMatch(block -> block.getTotalByteSize() < 20 << 20)
        .extracting(BlockMetaData::getRowCount)
        .containsExactly(28L, 12L);
  }

  @Test
  void statisticsTellTheExtremes() throws IOException {
    Unit made = write(List.of(new float[] {-2, 5}, new float[] {0}, new float[0]));
    Statistics<?> statistics = statistics(made);
    assertThat(statistics.genericGetMin()).isEqualTo(-2f);
    assertThat(statistics.genericGetMax()).isEqualTo(5f);
    assertThat(statistics.getNumNulls()).isEqualTo(1);
  }

  @Test
  void numbersThatAreNotThereHaveNoExtremes() throws IOException {
    Unit made = write(List.of(new float[] {1, Float.NaN}));
    assertThat(statistics(made).hasNonNullValue()).isFalse();
    assertThat(read(made).get(0)).containsExactly(1, Float.NaN);
  }

  @Test
  void inputsKeepTheirShapes() throws IOException {
    Unit shown = new Unit(unit(0).key(), DIGEST, Set.of(Table.INPUTS));
    try (UnitWriter out = writer.unit(shown)) {
      for (int i = 0; i < 5; i++) {
        out.add(new UnitRow.Input(i, List.of(1, 2, 3), new float[] {i, 1, 2, 3, 4, 5}));
      }
      out.commit();
    }
    List<Group> rows = rows(shown.file(Table.INPUTS).path());
    assertThat(rows).hasSize(5);
    Group shape = rows.get(4).getGroup("shape", 0);
    assertThat(shape.getFieldRepetitionCount(0)).isEqualTo(3);
    assertThat(shape.getGroup(0, 2).getInteger(0, 0)).isEqualTo(3);
    assertThat(rows.get(4).getLong("example_id", 0)).isEqualTo(4);
  }

  private Unit write(List<float[]> lists) throws IOException {
    Unit made = new Unit(unit(0).key(), DIGEST, Set.of(Table.ACTIVATIONS));
    try (UnitWriter out = writer.unit(made)) {
      for (int i = 0; i < lists.size(); i++) {
        out.add(new UnitRow.Activation(i % 3, "layer" + i % 3, i, lists.get(i)));
      }
      out.commit();
    }
    return made;
  }

  private List<float[]> read(Unit made) throws IOException {
    List<float[]> lists = new ArrayList<>();
    for (Group row : rows(made.file(Table.ACTIVATIONS).path())) {
      Group features = row.getGroup("features", 0);
      float[] list = new float[features.getFieldRepetitionCount(0)];
      for (int k = 0; k < list.length; k++) {
        list[k] = features.getGroup(0, k).getFloat(0, 0);
      }
      lists.add(list);
      assertThat(row.getString("layer", 0)).isEqualTo("layer" + row.getInteger("position", 0));
    }
    return lists;
  }

  private List<Group> rows(String path) throws IOException {
    List<Group> rows = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), file(path)).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private Statistics<?> statistics(Unit made) throws IOException {
    return blocks(made).get(0).getColumns().stream()
        .filter(column -> column.getPath().toDotString().startsWith("features"))
        .findFirst()
        .orElseThrow()
        .getStatistics();
  }

  private List<BlockMetaData> blocks(Unit made) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(
                file(made.file(Table.ACTIVATIONS).path()), new Configuration()))) {
      return reader.getFooter().getBlocks();
    }
  }

  private org.apache.hadoop.fs.Path file(String path) {
    return new org.apache.hadoop.fs.Path(folder.resolve(path).toUri());
  }

  private static float[] floats(int length, SplittableRandom random) {
    float[] list = new float[length];
    for (int k = 0; k < length; k++) {
      list[k] = (float) random.nextDouble() - 0.5f;
    }
    return list;
  }
}
