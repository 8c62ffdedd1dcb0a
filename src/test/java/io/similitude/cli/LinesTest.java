package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.execution.ErrorMessages;
import io.similitude.execution.InnerProgress;
import io.similitude.execution.Progress;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** What a person at the console reads: progress, tables, what went wrong. */
final class LinesTest {
  @Test
  void progressSaysWhatIsDoneHowFastAndHowLong() {
    assertThat(Progress.line("units", 80, 12, 1, 640, InnerProgress.NONE, 2))
        .isEqualTo("12 of 80 units, 1 failed, 320 images a second, 10 s left");
    assertThat(Progress.line("units", 80, 0, 0, 0, InnerProgress.NONE, 2))
        .isEqualTo("0 of 80 units");
    assertThat(Progress.line("parts", 3, 1, 0, 0, InnerProgress.NONE, 45))
        .isEqualTo("1 of 3 parts, 1 min 30 s left");
    assertThat(Progress.line("parts", 3, 2, 1, 0, InnerProgress.NONE, 7))
        .isEqualTo("2 of 3 parts, 1 failed, took 7 s");
  }

  @Test
  void progressSaysWhatIsDoneInsideOfTheTasks() {
    assertThat(Progress.line("parts", 2, 0, 0, 0, new InnerProgress(30, 120, 0), 9))
        .isEqualTo("0 of 2 parts, 25 % computed");
    assertThat(Progress.line("parts", 2, 1, 0, 0, new InnerProgress(120, 120, 4000), 9))
        .isEqualTo("1 of 2 parts, 100 % computed, 4000 rows, 9 s left");
  }

  @Test
  void durationsHaveTheUnitsThatCount() {
    assertThat(Progress.duration(59.4)).isEqualTo("59 s");
    assertThat(Progress.duration(59.6)).isEqualTo("1 min 0 s");
    assertThat(Progress.duration(3599)).isEqualTo("59 min 59 s");
    assertThat(Progress.duration(2 * 3600 + 61)).isEqualTo("2 h 1 min");
  }

  @Test
  void columnsAreAsWideAsTheirWidestCellAndNumbersStandRight() {
    TextTable table = new TextTable("name", "n", "type");
    table.add("conv1", 7, "Conv2d").add("fc", "-", "Linear").add("a", 12, "x");

    assertThat(table.toString().lines())
        .containsExactly(
            "name    n  type", "conv1   7  Conv2d", "fc      -  Linear", "a      12  x");
    assertThatThrownBy(() -> table.add("one")).hasMessage("Invalid row: 1 cells (must be 3)");
  }

  @Test
  void theDeepestCauseIsNamedWithItsKind() {
    Exception failure =
        new ExecutionException("wrapped", new IllegalStateException("two\n  lines\n"));

    assertThat(ErrorMessages.of(failure)).isEqualTo("IllegalStateException: two lines");
    assertThat(ErrorMessages.of(new RuntimeException(new NullPointerException())))
        .isEqualTo("NullPointerException: no message");
  }

  @Test
  void aCompleteLineOfOursIsNamedAsItStands() {
    IOException ours =
        new IOException("Cannot read a: it is short (run again)", new IOException("EOF"));

    assertThat(ErrorMessages.of(new RuntimeException("job aborted", ours)))
        .isEqualTo("Cannot read a: it is short (run again)");
  }

  @Test
  void namesAndKeysInUrisAreNotRepeated() {
    assertThat(ErrorMessages.of("Cannot read s3a://AKIA:secret@bucket/x: denied"))
        .isEqualTo("Cannot read s3a://***@bucket/x: denied");
    assertThat(ErrorMessages.of("Cannot read a@b")).isEqualTo("Cannot read a@b");
  }
}
