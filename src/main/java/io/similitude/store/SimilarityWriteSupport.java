package io.similitude.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.Significance;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import io.similitude.store.row.Table;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.execution.datasources.parquet.ParquetWriteSupport;

/**
 * Writes rows of {@link Table#SIMILARITIES} as Parquet's columns, in the order of the schema. A
 * value that does not exist is null. The file's schema and footer are those of Spark's own writer.
 */
final class SimilarityWriteSupport extends WriteSupport<SimilarityRow> {
  private List<String> columns;
  private RecordConsumer out;
  private int column;

  /** The last word of each column. Most of the time, the next word is the same. */
  private String[] words;

  private Binary[] bytes;

  /** This method is abstract in the base class, so it must exist here although it is deprecated. */
  @Override
  @SuppressWarnings("deprecation")
  public WriteContext init(Configuration conf) {
    WriteContext context = new ParquetWriteSupport().init(conf);
    columns = context.getSchema().getFields().stream().map(Type::getName).toList();
    words = new String[columns.size()];
    bytes = new Binary[columns.size()];
    return context;
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(SimilarityRow row) {
    column = 0;
    out.startMessage();
    MeasureColumns measure = row.measure();
    word(measure.metric());
    part(measure.kernel());
    part(measure.estimator());
    part(measure.bias());
    site(row.a());
    site(row.b());
    number(row.similarity().value());
    number(row.similarity().standardError());
    examples(row.examples());
    integer(row.batches());
    word(row.similarity().status().label());
    part(measure.parameters());
    evidence(row.evidence());
    out.endMessage();
  }

  private void site(Site site) {
    word(site.checkpoint());
    word(site.view());
    word(site.layer());
    integer(site.position());
  }

  private void evidence(Significance evidence) {
    number(evidence.jackknifeError());
    number(evidence.zScore());
    number(evidence.pValue());
    number(evidence.qValue());
  }

  private void part(String part) {
    if (part.isEmpty()) {
      column++;
    } else {
      word(part);
    }
  }

  private void word(String word) {
    if (!word.equals(words[column])) {
      words[column] = word;
      bytes[column] = Binary.fromConstantByteArray(word.getBytes(UTF_8));
    }
    start();
    out.addBinary(bytes[column]);
    end();
  }

  private void integer(int integer) {
    start();
    out.addInteger(integer);
    end();
  }

  private void examples(long examples) {
    start();
    out.addLong(examples);
    end();
  }

  private void number(OptionalDouble number) {
    if (number.isEmpty()) {
      column++;
      return;
    }
    start();
    out.addDouble(number.getAsDouble());
    end();
  }

  private void start() {
    out.startField(columns.get(column), column);
  }

  private void end() {
    out.endField(columns.get(column), column);
    column++;
  }
}
