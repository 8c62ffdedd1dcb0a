package io.similitude.cli;

import io.similitude.execution.CommandSession;
import io.similitude.input.InputException;
import io.similitude.store.CsvExport;
import io.similitude.store.NpyExport;
import io.similitude.store.RunFolder;
import io.similitude.store.Tables;
import io.similitude.store.row.Table;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a table of a run for programs that cannot read Parquet. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = SimilitudeCommand.Provider.class,
    description = {
      "Writes a table of a run as CSV, or the similarities as a NumPy matrix.",
      "In CSV, arrays are JSON and binary columns base64. The matrix is square, float64, NaN where there"
          + " is no value; a CSV beside it names its rows and columns."
    })
final class ExportCommand implements Callable<Integer> {
  /** The file format of the written table. */
  enum Format {
    CSV,
    NPY
  }

  @Mixin private RunOption run;

  @Option(
      names = "--table",
      required = true,
      paramLabel = "NAME",
      description =
          "predictions, layers, activations, inputs, grams, moments, similarities or failures.")
  private String name;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "FORMAT",
      description = "One of: ${COMPLETION-CANDIDATES}.")
  private Format format;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "A local file; standard output if absent, which only CSV can have.")
  private Path file;

  @Override
  public Integer call() throws IOException {
    Table table = Table.named(name);
    RunFolder folder = run.folder("export");
    check(table);
    checkFolder();
    try (CommandSession session = CommandSession.open("similitude export")) {
      Dataset<Row> rows = new Tables(session::spark, folder).open(table);
      if (format == Format.NPY) {
        NpyExport.write(rows, file);
      } else {
        writeCsv(rows);
      }
    }
    return ExitStatus.DONE.code();
  }

  private void check(Table table) {
    if (format == Format.NPY && (table != Table.SIMILARITIES || file == null)) {
      throw new InputException(
          "Cannot export %s as npy: only similarities can be, and only to a file (--table similarities --to FILE)"
              .formatted(table.folder()));
    }
  }

  private void checkFolder() {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw new InputException(
          "Cannot write %s: %s (check --to)"
              .formatted(
                  file,
                  Files.isDirectory(folder) ? "it is a folder" : "there is no folder " + folder));
    }
  }

  private void writeCsv(Dataset<Row> rows) throws IOException {
    if (file == null) {
      CsvExport.write(rows, System.out);
      return;
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      CsvExport.write(rows, out);
    }
  }
}
