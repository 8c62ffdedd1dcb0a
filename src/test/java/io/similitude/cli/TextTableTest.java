package io.similitude.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TextTableTest {
  /** A sweep may have thousands of checkpoints. Time that grows with their square is minutes. */
  @Test
  void needsTimeInProportionToItsRows() {
    TextTable table = new TextTable("checkpoint", "layers", "GFLOP");
    for (int i = 0; i < 20_000; i++) {
      table.add("c" + i, i, "0.20");
    }
    assertTimeout(
        Duration.ofSeconds(20), () -> assertEquals(20_001, table.toString().lines().count()));
  }
}
