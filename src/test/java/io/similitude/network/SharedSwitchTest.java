package io.similitude.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Work that wants a switch on, and work that wants it off, in many threads. */
final class SharedSwitchTest {
  private static final int THREADS = 4;

  private final AtomicBoolean isOn = new AtomicBoolean(true);
  private final SharedSwitch shared = new SharedSwitch(isOn::set);
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void allWorkFindsTheSwitchAsItWantsItFromBeginningToEnd() throws Exception {
    List<Future<Integer>> found = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      Random random = new Random(thread);
      found.add(threads.submit(() -> wrong(random)));
    }
    for (Future<Integer> wrong : found) {
      assertThat(wrong.get(30, TimeUnit.SECONDS)).isZero();
    }
  }

  /** The number of times that the switch was not as it should be. */
  private int wrong(Random random) {
    int wrong = 0;
    for (int i = 0; i < 2_000; i++) {
      boolean on = random.nextBoolean();
      wrong +=
          shared.with(
              on,
              () -> {
                boolean before = isOn.get();
                LockSupport.parkNanos(1_000);
                return before == on && isOn.get() == on ? 0 : 1;
              });
    }
    return wrong;
  }

  @Test
  void workOfOneKindRunsSideBySide() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    List<Future<Boolean>> met = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      met.add(
          threads.submit(
              () ->
                  shared.with(
                      false,
                      () -> {
                        both.countDown();
                        return awaits(both);
                      })));
    }
    for (Future<Boolean> each : met) {
      assertThat(each.get(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static boolean awaits(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void workThatFailsLetsTheOthersIn() {
    assertThatThrownBy(
            () ->
                shared.with(
                    false,
                    () -> {
                      throw new IllegalStateException("boom");
                    }))
        .hasMessage("boom");

    assertThat(shared.with(true, isOn::get)).isTrue();
  }
}
