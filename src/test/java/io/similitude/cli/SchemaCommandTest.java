package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds {@code data-schemas/sweep.schema.json} to what the readers ask for. */
final class SchemaCommandTest {
  @Test
  void theFileIsWhatTheCommandPrints() {
    assertThat(Path.of("data-schemas/sweep.schema.json"))
        .content()
        .isEqualTo(SchemaCommand.schema());
  }
}
