package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Holds {@code docs/help.txt}, which {@code submit.sh --help} prints without a build. */
final class HelpPageTest {
  @Test
  void isWhatTheApplicationSays() {
    String help =
        new CommandLine(new SimilitudeCommand()).setUsageHelpWidth(100).getUsageMessage(Ansi.OFF);

    assertThat(Path.of("docs/help.txt")).content().isEqualTo(help);
  }
}
