package io.similitude.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * What a command leaves.
 *
 * @param status its exit status
 * @param out standard output
 * @param error standard error
 */
record CommandResult(int status, String out, String error) {

  /** Runs a command line in this JVM. */
  static synchronized CommandResult of(String... arguments) {
    PrintStream out = System.out;
    PrintStream error = System.err;
    ByteArrayOutputStream newOut = new ByteArrayOutputStream();
    ByteArrayOutputStream newError = new ByteArrayOutputStream();
    System.setOut(new PrintStream(newOut, true, UTF_8));
    System.setErr(new PrintStream(newError, true, UTF_8));
    try {
      int status = Main.run(arguments);
      return new CommandResult(status, newOut.toString(UTF_8), newError.toString(UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(error);
    }
  }

  /** The last line of standard error. */
  String lastLine() {
    List<String> lines = error.lines().toList();
    return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
  }
}
