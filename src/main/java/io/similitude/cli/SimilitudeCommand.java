package io.similitude.cli;

import io.similitude.execution.Version;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The whole command line. Without a command, it only lists the commands. */
@Command(
    name = "submit.sh",
    synopsisSubcommandLabel = "COMMAND",
    synopsisHeading = "Usage: ",
    customSynopsis = "submit.sh [SPARK-SUBMIT OPTIONS] COMMAND [ARGUMENTS]",
    description = {
      "%nHow similar is every layer of every network to every other: runs a sweep over many"
          + " checkpoints on Spark."
    },
    subcommands = {
      RunCommand.class,
      TrainCommand.class,
      ExtractCommand.class,
      CompareCommand.class,
      FindingsCommand.class,
      ReportCommand.class,
      PlanCommand.class,
      LayersCommand.class,
      SchemaCommand.class,
      ExportCommand.class,
      StatusCommand.class,
      VerifyCommand.class,
      PruneCommand.class,
      AutoComplete.GenerateCompletion.class
    },
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    mixinStandardHelpOptions = true,
    versionProvider = SimilitudeCommand.Provider.class,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:all done",
      "1:done, but some units failed; each is named with its cause, the rest is complete and kept",
      "2:the command line, the spec or an input that everything needs is wrong; nothing was started",
      "3:an internal error",
      "75:a temporary failure of storage or cluster; run the same command again"
    },
    footer =
        "%nWithout any arguments: run jobs/quickstart/sweep.yaml on this machine. What stands before"
            + " COMMAND goes to spark-submit as it stands: --master, --conf, --properties-file, ...")
final class SimilitudeCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing command (known: %s)"
            .formatted(String.join(", ", spec.commandLine().getSubcommands().keySet())));
  }

  /** Provides the text for {@code --version}. */
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"similitude " + Version.current()};
    }
  }
}
