package io.similitude.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TorchEngineTest {
  /** OpenMP's helpers bear the name of the thread that first needed them. */
  private static final String NAME = "new-to-torch";

  private static final Path THREADS = Path.of("/proc/self/task");

  @TempDir Path folder;

  /** With helpers, the first batches of a process may have other last digits than its next. */
  @Test
  void aThreadThatIsNewToTorchRunsAlone() throws Exception {
    assumeTrue(Files.exists(THREADS), "This system does not list threads");
    try (Network network = ReferenceNetwork.WIDE_RESNET.load(folder)) {
      List<String> names =
          onNewThread(
              () -> {
                network.logits(TestNetwork.examples(64));
                return threadNames();
              });

      assertThat(names).containsOnlyOnce(NAME);
    }
  }

  private static <T> T onNewThread(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    new Thread(task, NAME).start();
    return task.get();
  }

  private static List<String> threadNames() throws IOException {
    List<String> names = new ArrayList<>();
    try (var threads = Files.list(THREADS)) {
      for (Path thread : threads.toList()) {
        try {
          names.add(Files.readString(thread.resolve("comm")).strip());
        } catch (IOException e) {
          // It has ended since.
        }
      }
    }
    return names;
  }
}
