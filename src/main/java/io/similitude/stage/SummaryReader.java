package io.similitude.stage;

import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.finding.Cell;
import io.similitude.analysis.finding.SummaryRules;
import io.similitude.analysis.finding.SummaryRules.Summaries;
import io.similitude.analysis.statistics.Replicated;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.store.MeasureFields;
import io.similitude.store.ReplicateRow;
import io.similitude.store.Tables;
import io.similitude.store.row.RowChoice;
import io.similitude.store.row.Table;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/**
 * Makes summaries of the replicates. All cells of a measure between two networks come together. If
 * there are many, the executors do it, and only a few numbers go to the driver.
 */
final class SummaryReader {
  private static final List<String> KEY =
      Stream.concat(
              MeasureFields.NAMES.stream(),
              Stream.of("a_checkpoint", "a_view", "b_checkpoint", "b_view"))
          .toList();

  private final Tables tables;
  private final SummaryRules rules;

  SummaryReader(Tables tables, SummaryRules rules) {
    this.tables = tables;
    this.rules = rules;
  }

  /**
   * Reads the summaries of the pairs of these checkpoints, in no particular order.
   *
   * @param checkpoints ids of the checkpoints
   * @param views ids of the views
   */
  List<Summaries> read(List<String> checkpoints, List<String> views) throws IOException {
    SummaryRules shared = rules;
    return tables.group(
        Table.REPLICATES,
        RowChoice.ALL.ofPairs(checkpoints, views),
        SummaryReader::key,
        (key, rows) -> summaries(shared, rows),
        Summaries.class);
  }

  private static String key(Row row) {
    StringBuilder key = new StringBuilder();
    for (String column : KEY) {
      key.append(row.<Object>getAs(column)).append('\n');
    }
    return key.toString();
  }

  private static Summaries summaries(SummaryRules rules, Iterator<Row> rows) {
    List<Cell> cells = new ArrayList<>();
    Group group = null;
    while (rows.hasNext()) {
      ReplicateRow row = ReplicateRow.decode(rows.next());
      group =
          new Group(
              row.measure(),
              new CheckpointView(row.a().checkpoint(), row.a().view()),
              new CheckpointView(row.b().checkpoint(), row.b().view()));
      cells.add(
          new Cell(
              row.a(),
              row.b(),
              row.similarity().status(),
              row.similarity().value().isEmpty()
                  ? null
                  : Replicated.of(row.similarity().value().getAsDouble(), row.without())));
    }
    return rules.of(group.measure, group.a, group.b, cells);
  }

  private record Group(MeasureColumns measure, CheckpointView a, CheckpointView b)
      implements Serializable {}
}
