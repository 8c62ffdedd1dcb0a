package io.similitude.store;

import static io.similitude.store.Samples.DIGEST;
import static io.similitude.store.Samples.unit;
import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.MeasureValue;
import io.similitude.similarity.significance.PValues;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.store.row.FailureRow;
import io.similitude.store.row.Table;
import io.similitude.store.row.UnitRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What stands in the files' footers. */
final class TableWriterTest {
  private static final String SPARK_SCHEMA = "org.apache.spark.sql.parquet.row.metadata";

  @TempDir Path folder;
  private RunWriter writer;

  @BeforeEach
  void start() throws IOException {
    writer = Samples.run(folder).startWriting();
  }

  @ParameterizedTest
  @EnumSource
  void filesHoldTheColumnsOfTheSchemaFile(Table table) throws IOException {
    ParquetMetadata footer = footer(write(table));
    assertThat(footer.getFileMetaData().getKeyValueMetaData())
        .containsEntry(SPARK_SCHEMA, table.fileSchema().json());
    assertThat(footer.getFileMetaData().getSchema().getFields())
        .extracting(column -> column.getName())
        .containsExactly(table.fileSchema().fieldNames());
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FAILURES", "FINDINGS", "NETWORKS", "CURVES", "INFLUENCES", "Q_VALUES"})
  void filesCarryTheirDigestInFull(Table table) throws IOException {
    Map<String, String> metadata = footer(write(table)).getFileMetaData().getKeyValueMetaData();
    assertThat(metadata).containsEntry("similitude.digest", DIGEST);
  }

  @Test
  void rowGroupsStayNearTheirBoundHoweverWideTheRows() throws IOException {
    try (UnitWriter out = writer.unit(unit(0))) {
      for (int i = 0; i < 40; i++) {
        out.add(Samples.gram(i, 750));
      }
      out.add(new UnitRow.Activation(0, "layer", 0, new float[] {0}));
      out.add(new UnitRow.Prediction(0, null, 0, new float[] {0}));
      out.commit();
    }
    // 40 rows of 1.1 MB: the bound of 16 MiB and one row more.
    assertThat(footer(unit(0).file(Table.GRAMS).path()).getBlocks())
        .hasSizeGreaterThan(1)
        .extracting(BlockMetaData::getTotalByteSize)
        .allMatch(bytes -> bytes < 18 << 20);
  }

  private String write(Table table) throws IOException {
    return switch (table) {
      case PREDICTIONS, ACTIVATIONS, GRAMS -> {
        Samples.commit(writer, unit(0));
        yield unit(0).file(table).path();
      }
      case INPUTS -> {
        Unit shown = new Unit(unit(0).key(), DIGEST, Set.of(Table.INPUTS));
        try (UnitWriter out = writer.unit(shown)) {
          out.add(new UnitRow.Input(0, List.of(1, 1, 2), new float[] {0, 1}));
          out.commit();
        }
        yield shown.file(table).path();
      }
      case TRAINING -> {
        TrainedEpochs training = new TrainedEpochs("standard", DIGEST, 1);
        TrainedEpochs.Row row =
            new TrainedEpochs.Row(1, "train", null, 2.5, 0.1, 4, 0.1, 0.5, DIGEST, DIGEST);
        writer.writeEpoch(training, 1, List.of(row));
        yield training.file(1).path();
      }
      case LAYERS -> {
        writer.writeLayers("standard", DIGEST, Samples.layers());
        yield TableFile.ofLayers("standard", DIGEST).path();
      }
      case SIMILARITIES -> {
        Part part = new Part("cka", DIGEST);
        Samples.write(writer, part, List.of(Samples.similarity(0, 1, Samples.NONE)));
        yield part.file().path();
      }
      case Q_VALUES -> {
        Part part = new Part("cka", DIGEST);
        MeasureColumns measure = new MeasureColumns("cka", "", "", "");
        writer.writeQValues(List.of(part), Map.of(measure, PValues.of(new double[] {0.5}, 1)));
        yield QValueTable.of(RunFolder.files(List.of(part))).orElseThrow().path();
      }
      case REPLICATES -> {
        Part part = new Part("cka", DIGEST);
        try (ReplicateRow.Writer out = writer.replicates(part)) {
          SimilarityRow pair = Samples.similarity(0, 1, MeasureValue.of(0.5, 0.1));
          out.add(
              new ReplicateRow(
                  pair.measure(), pair.a(), pair.b(), pair.similarity(), new double[] {0.4, 0.6}));
          out.commit();
        }
        yield part.replicates().path();
      }
      case FINDINGS, NETWORKS, CURVES, INFLUENCES -> {
        writer.replace(table, List.<Object[]>of(row(table)));
        yield table.folder() + "/" + table.folder() + ".parquet";
      }
      case FAILURES -> {
        writer.replaceFailures(List.of(FailureRow.of(unit(0).key(), "extract", "NaN")));
        yield "failures/failures.parquet";
      }
    };
  }

  /** One value of the type of each column. */
  private static Object[] row(Table table) {
    return Arrays.stream(table.schema().fields())
        .map(
            column ->
                switch (column.dataType().sql()) {
                  case "STRING" -> "word";
                  case "INT" -> 1;
                  case "BIGINT" -> 1L;
                  case "DOUBLE" -> 0.5;
                  default -> new double[] {0.5};
                })
        .toArray();
  }

  private ParquetMetadata footer(String path) throws IOException {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(folder.resolve(path).toUri());
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(file, new Configuration()))) {
      return reader.getFooter();
    }
  }
}
