package io.similitude.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.similitude.execution.Version;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class EndedWorkTest {
  private static final Duration MINUTE = Duration.ofSeconds(60);

  @Test
  void workThatCrashedIsNotDoneAgainWhateverItsTime() {
    EndedWork work = new EndedWork("d", "SIGFPE", null, Version.current());

    assertThat(work.isSame(MINUTE)).isTrue();
    assertThat(work.isSame(MINUTE.multipliedBy(100))).isTrue();
  }

  @Test
  void workThatWasLateIsDoneAgainWithMoreTime() {
    EndedWork work = new EndedWork("d", "late", MINUTE, Version.current());

    assertThat(work.isSame(MINUTE.minusSeconds(1))).isTrue();
    assertThat(work.isSame(MINUTE)).isTrue();
    assertThat(work.isSame(MINUTE.plusSeconds(1))).isFalse();
  }

  @Test
  void anotherVersionDoesItAgain() {
    assertThat(new EndedWork("d", "SIGFPE", null, "another").isSame(MINUTE)).isFalse();
  }

  @Test
  void aFileThatNobodyCanReadIsNotRemembered() {
    assertThat(EndedWork.read("d", "{\"cause\": \"SIG")).isEmpty();
    assertThat(EndedWork.read("d", "{}")).isEmpty();
    assertThat(EndedWork.read("d", "{\"cause\": \"x\", \"seconds\": 60, \"version\": \"1\"}"))
        .contains(new EndedWork("d", "x", MINUTE, "1"));
  }
}
