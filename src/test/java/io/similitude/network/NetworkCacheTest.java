package io.similitude.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.similitude.program.Taps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NetworkCacheTest {
  private static final int THREADS = 4;

  @TempDir Path folder;
  private final NetworkCache cache = new NetworkCache(1);
  private final AtomicInteger loads = new AtomicInteger();

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void aNetworkThatWasGivenBackIsThereForTheNextUser() throws IOException {
    Network first = use("a");

    assertThat(use("a")).isSameAs(first);
    assertThat(loads).hasValue(1);
  }

  @Test
  void ofTheIdleOnesTheOneThatWasUsedFirstGoes() throws IOException {
    Network a = use("a");
    Network b = use("b");

    assertThat(cache.size()).isEqualTo(1);
    assertClosed(a);
    assertOpen(b);
    assertThat(use("b")).isSameAs(b);
  }

  @Test
  void aNetworkInUseStaysOpenWhateverElseIsLoaded() throws IOException {
    try (NetworkCache.Lease lease = cache.lease("a", this::load)) {
      use("b");
      use("c");
      assertOpen(lease.network());
      cache.close();
      assertOpen(lease.network());
      assertThat(cache.size()).isEqualTo(1);
    }
  }

  @Test
  void ofAClosedCacheWhatIsGivenBackIsClosed() throws IOException {
    Network inUse;
    try (NetworkCache.Lease lease = cache.lease("a", this::load)) {
      inUse = lease.network();
      cache.close();
      assertOpen(inUse);
    }

    assertClosed(inUse);
    assertThat(cache.size()).isZero();
  }

  @Test
  void usersAtTheSameTimeShareOneNetwork() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    CountDownLatch all = new CountDownLatch(THREADS);
    try {
      List<Future<Network>> users = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        users.add(threads.submit(() -> useTogether(all)));
      }
      for (Future<Network> user : users) {
        assertThat(user.get(1, TimeUnit.MINUTES)).isSameAs(users.get(0).get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(loads).hasValue(1);
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void whatCannotBeLoadedIsTriedAgainByTheNext() throws IOException {
    NetworkCache.Loader failing =
        () -> {
          throw new IOException("no weights");
        };

    assertThatThrownBy(() -> cache.lease("a", failing)).hasMessage("no weights");

    assertThat(cache.size()).isZero();
    assertOpen(use("a"));
  }

  private Network useTogether(CountDownLatch all) throws Exception {
    try (NetworkCache.Lease lease = cache.lease("a", this::load)) {
      all.countDown();
      assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
      return lease.network();
    }
  }

  private Network use(String key) throws IOException {
    try (NetworkCache.Lease lease = cache.lease(key, this::load)) {
      return lease.network();
    }
  }

  private Network load() throws IOException {
    Path archive = Files.createDirectory(folder.resolve("network" + loads.incrementAndGet()));
    return TestNetwork.load(Taps.NONE, archive);
  }

  private static void assertOpen(Network network) {
    network.newScope().close();
  }

  private static void assertClosed(Network network) {
    assertThatThrownBy(network::newScope).isInstanceOf(IllegalStateException.class);
  }
}
