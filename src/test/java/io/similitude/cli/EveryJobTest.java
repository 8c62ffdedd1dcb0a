package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.similitude.attack.Attacks;
import io.similitude.program.architecture.Architectures;
import io.similitude.spec.reader.SweepReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every job of the project can be read, also those whose files only a cluster has. */
final class EveryJobTest {
  @ParameterizedTest
  @MethodSource("io.similitude.cli.SchemaCommandTest#jobs")
  void canBeRead(Path job) throws IOException {
    String yaml = Files.readString(job);
    SweepReader reader =
        new SweepReader(
            Architectures.parameters(),
            Attacks.parameters(),
            pattern -> List.of(pattern.replace('*', '1')));

    assertThatCode(() -> reader.read(job.toString(), yaml, List.of())).doesNotThrowAnyException();
  }
}
