package io.similitude.cli;

import io.similitude.attack.Attacks;
import io.similitude.program.architecture.Architectures;
import io.similitude.spec.reader.SweepReader;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the JSON Schema of the spec. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    versionProvider = SimilitudeCommand.Provider.class,
    description = {
      "The JSON Schema of the spec, with which editors complete and check it.",
      "The same schema is in data-schemas/sweep.schema.json; the first line of a spec may name it:",
      "# yaml-language-server: $$schema=../../data-schemas/sweep.schema.json"
    })
final class SchemaCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    System.out.print(schema());
    return ExitStatus.DONE.code();
  }

  static String schema() {
    return new SweepReader(
            Architectures.parameters(), Attacks.parameters(), pattern -> List.of(pattern))
        .schema();
  }
}
