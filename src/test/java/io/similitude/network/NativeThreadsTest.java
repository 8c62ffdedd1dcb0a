package io.similitude.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class NativeThreadsTest {
  @Test
  void workRunsOnADaemonOfOurOwn() throws Exception {
    Thread thread = NativeThreads.run(Thread::currentThread);

    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread).isNotSameAs(Thread.currentThread());
    assertThat(thread.getName()).isEqualTo("similitude-native");
  }

  @Test
  void whatTheWorkThrowsIsThrownAsItIs() {
    IOException checked = new IOException("disk");
    AssertionError error = new AssertionError("broken");

    assertThatThrownBy(
            () ->
                NativeThreads.run(
                    () -> {
                      throw checked;
                    }))
        .isSameAs(checked);
    assertThatThrownBy(
            () ->
                NativeThreads.run(
                    () -> {
                      throw error;
                    }))
        .isSameAs(error);
  }

  @Test
  void anInterruptWaitsForTheWorkAndIsPassedOn() throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    AtomicBoolean sawTheEnd = new AtomicBoolean();
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread task =
        new Thread(
            () -> {
              try {
                NativeThreads.run(
                    () -> {
                      started.countDown();
                      go.await();
                      ended.set(true);
                      return true;
                    });
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              sawTheEnd.set(ended.get());
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    task.start();
    started.await();
    task.interrupt();
    go.countDown();
    task.join();

    assertThat(sawTheEnd).isTrue();
    assertThat(interrupted).isTrue();
  }
}
