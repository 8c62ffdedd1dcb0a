package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.SharedSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the queries of {@code docs/tables.md} as they stand there. */
final class TablesPageIT {
  private static final Path PAGE = Path.of("docs/tables.md");

  @TempDir static Path folder;
  private static Path run;

  @BeforeAll
  static void makeARun() throws Exception {
    SharedSpark.session();
    TinySweep sweep = TinySweep.in(folder.resolve("sweep"));
    assertThat(Main.run("run", sweep.spec().toString())).isZero();
    run = sweep.run();
  }

  @Test
  void duckDbAnswersTheQueriesOfThePage() throws Exception {
    List<String> queries = blocks("sql");

    assertThat(queries).hasSize(4);
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      for (String query : queries) {
        try (ResultSet rows = statement.executeQuery(query)) {
          assertThat(rows.getMetaData().getColumnCount()).as(query).isPositive();
        }
      }
    }
  }

  @Test
  void sparkAnswersTheQueriesOfThePage() throws Exception {
    List<String> queries = blocks("sparksql");

    assertThat(queries).hasSize(1);
    for (String query : queries) {
      assertThat(SharedSpark.session().sql(query).collectAsList()).as(query).isNotEmpty();
    }
  }

  private static List<String> blocks(String language) throws Exception {
    return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(PAGE))
        .results()
        .map(match -> match.group(1).replace("RUN", run.toString()))
        .toList();
  }
}
