package io.similitude.cli;

import io.similitude.execution.HadoopSettings;
import io.similitude.input.InputException;
import io.similitude.stage.RunRecord;
import io.similitude.store.RunFolder;
import picocli.CommandLine.Parameters;

/** The option that all commands with a run have in common. */
final class RunOption {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "The sweep's folder: <output>/<sweep>.")
  private String run;

  String location() {
    return run;
  }

  /**
   * Opens the run's folder.
   *
   * @param verb the verb for what the command does with the folder
   */
  RunFolder folder(String verb) {
    if (!HadoopSettings.files().exists(run + "/" + RunRecord.MANIFEST)) {
      throw new InputException(
          "Cannot %s %s: it is no run, there is no %s in it (name <output>/<sweep>)"
              .formatted(verb, run, RunRecord.MANIFEST));
    }
    return RunFolder.at(run, HadoopSettings.configuration());
  }
}
