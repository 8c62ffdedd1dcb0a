package io.similitude.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class RunHolderTest {
  private static final long PERIOD = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private RunFolder run;
  private Path file;

  @BeforeEach
  void start() {
    run = Samples.run(folder);
    file = folder.resolve(RunHolder.FILE);
  }

  @Test
  void itIsThereAsLongAsItIsHeld() throws IOException {
    try (RunHolder holder = RunHolder.take(run, PERIOD)) {
      assertThat(holder).isNotNull();
      assertThat(file).exists();
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void aLivingProcessOfThisHostIsNotDisturbedAndIsNamed() throws Exception {
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      leftBy("pid", other.pid(), RunHolder.started(other.toHandle()));

      assertThatThrownBy(() -> RunHolder.take(run, PERIOD))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Cannot write the run")
          .hasMessageContaining("(process " + other.pid() + ") has been writing it since 20");
    } finally {
      other.destroyForcibly().waitFor();
    }
    RunHolder.take(run, PERIOD).close();
  }

  @Test
  void anotherProcessWithTheNumberOfADeadOneIsNoHolder() throws Exception {
    Process other = new ProcessBuilder("sleep", "60").start();
    try {
      leftBy("pid", other.pid(), "2001-01-01T00:00:00Z");
      RunHolder.take(run, PERIOD).close();
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  /**
   * The instant that Java knows follows the wall clock: after a jump the process would look like
   * another one.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void theStartOfAProcessIsNotTakenFromTheWallClock() throws Exception {
    Process first = new ProcessBuilder("sleep", "60").start();
    try {
      assertThat(RunHolder.started(first.toHandle()))
          .matches("[0-9a-f-]{36}/[0-9]+")
          .isEqualTo(RunHolder.started(first.toHandle()));
    } finally {
      first.destroyForcibly().waitFor();
    }
  }

  @Test
  void aCommandOfAnotherHostIsDeadWhenItDoesNotRenew() throws IOException {
    leftBy("host", 0, "");
    RunHolder.take(run, PERIOD).close();
  }

  @Test
  void aCommandOfAnotherHostThatRenewsIsNotDisturbed() throws Exception {
    leftBy("host", 0, "");
    Thread living =
        new Thread(
            () -> {
              try {
                for (int beat = 1; beat < 100; beat++) {
                  Thread.sleep(PERIOD / 2);
                  write(beat);
                }
              } catch (InterruptedException | IOException e) {
                Thread.currentThread().interrupt();
              }
            });
    living.start();
    try {
      assertThatThrownBy(() -> RunHolder.take(run, 4 * PERIOD))
          .hasMessageContaining("on elsewhere (process");
    } finally {
      living.interrupt();
      living.join();
    }
  }

  /** Else the staging folder, which is removed when it is empty, would be filled at that moment. */
  @Test
  void aHolderThatHasStoppedWritesNothingMore() throws Exception {
    try (RunHolder holder = RunHolder.take(run, 5)) {
      Thread.sleep(30);
      holder.stopRenewing();
      byte[] mark = Files.readAllBytes(file);
      Thread.sleep(30);
      assertThat(file).hasBinaryContent(mark);
      assertThat(folder.resolve(RunWriter.STAGING)).isEmptyDirectory();
    }
  }

  @Test
  void whoWasTakenForDeadLeavesTheNewHolderAlone() throws IOException {
    RunHolder first = RunHolder.take(run, PERIOD);
    RunHolder second = RunHolder.take(run, PERIOD);
    first.close();
    assertThat(file).exists();
    second.close();
    assertThat(file).doesNotExist();
  }

  /** What a command left that was killed: as this one's, with one thing changed. */
  private void leftBy(String what, long pid, String started) throws IOException {
    RunHolder own = RunHolder.take(run, 1_000_000);
    ObjectNode node = (ObjectNode) JSON.readTree(file.toFile());
    if (what.equals("pid")) {
      node.put("pid", pid).put("processStarted", started);
    } else {
      node.put("host", "elsewhere");
    }
    Files.write(file, JSON.writeValueAsBytes(node.put("id", "other")));
    own.close();
  }

  private void write(int beat) throws IOException {
    ObjectNode node = (ObjectNode) JSON.readTree(file.toFile());
    Path next = folder.resolve("next");
    Files.write(next, JSON.writeValueAsBytes(node.put("beat", beat)));
    Files.move(
        next,
        file,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }
}
