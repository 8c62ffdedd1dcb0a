package io.similitude.cli;

import io.similitude.execution.ErrorMessages;
import io.similitude.execution.Temporary;
import io.similitude.input.InputException;
import io.similitude.input.InvalidSpecException;
import io.similitude.input.Suggestions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns the exception of a command into its last line on standard error and its exit status. */
final class ErrorHandler implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorHandler.class);

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    return complain(ExitStatus.INVALID_INPUT, "%s (try %s --help)".formatted(what(e), name));
  }

  private static String what(ParameterException e) {
    Set<String> commands = e.getCommandLine().getSubcommands().keySet();
    if (!commands.isEmpty() && e instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      return "Unknown command: %s (%s)".formatted(word, Suggestions.nearestAndAll(word, commands));
    }
    return ErrorMessages.of(e.getMessage());
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof InvalidSpecException invalid) {
      invalid.problems().forEach(problem -> System.err.println(ErrorMessages.of(problem)));
      int count = invalid.problems().size();
      return complain(
          ExitStatus.INVALID_INPUT,
          "The spec has %d problem%s; nothing was started".formatted(count, count == 1 ? "" : "s"));
    }
    if (e instanceof InputException) {
      return complain(ExitStatus.INVALID_INPUT, e.getMessage());
    }
    if (Temporary.isDamaged(e)) {
      LOG.debug("Damaged data", e);
      return complain(
          ExitStatus.SOME_FAILED,
          ErrorMessages.of(e) + " (a file is damaged; running again does not mend it)");
    }
    if (Temporary.is(e)) {
      LOG.debug("Temporary failure", e);
      return complain(
          ExitStatus.TEMPORARY_FAILURE,
          ErrorMessages.of(e) + " (what is done is kept; run it again)");
    }
    LOG.error("This is a mistake in Similitude; please report it with this trace", e);
    return complain(ExitStatus.INTERNAL_ERROR, "Internal error: " + ErrorMessages.of(e));
  }

  private static int complain(ExitStatus status, String message) {
    System.err.println("ERROR " + ErrorMessages.of(message));
    return status.code();
  }
}
