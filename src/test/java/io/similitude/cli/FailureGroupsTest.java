package io.similitude.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.store.row.FailureRow;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FailureGroupsTest {
  @Test
  void failuresOfOneCauseAreCountedInOneLine() {
    List<FailureRow> failures =
        IntStream.range(0, 12)
            .mapToObj(i -> i % 4 == 3 ? failure(i, "missing there: fc.bias") : failure(i, "odd"))
            .toList();

    assertThat(FailureGroups.lines(failures))
        .containsExactly(
            "ERROR 9 x c0, c1, c2, c4, c5 and 4 more: Cannot load checkpoint c0 from f0.pth: odd",
            "ERROR 3 x c3, c7, c11: Cannot load checkpoint c3 from f3.pth: missing there: fc.bias");
  }

  private static FailureRow failure(int i, String why) {
    return FailureRow.of(
        "c" + i, "plan", "Cannot load checkpoint c%d from f%d.pth: %s".formatted(i, i, why));
  }
}
