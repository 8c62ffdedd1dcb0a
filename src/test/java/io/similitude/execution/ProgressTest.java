package io.similitude.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProgressTest {
  @Test
  void aLogGetsALineEveryFewSecondsAtFirstAndFewInANight() {
    assertThat(Progress.isDue(0, 5)).isTrue();
    assertThat(Progress.isDue(40, 45)).isTrue();
    assertThat(Progress.isDue(1000, 1005)).isFalse();

    int lines = 0;
    double last = 0;
    for (double now = 5; now < 12 * 3600; now += 5) {
      if (Progress.isDue(last, now)) {
        last = now;
        lines++;
      }
    }
    assertThat(lines).isBetween(20, 120);
  }
}
