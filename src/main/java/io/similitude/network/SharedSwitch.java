package io.similitude.network;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A switch that the whole process shares. Work that wants it on and work that wants it off take
 * turns: they never overlap. Work of one kind runs side by side, until work of the other kind
 * waits.
 */
final class SharedSwitch {
  private final Consumer<Boolean> setting;
  private boolean isOn = true;
  private int running;
  private int waitingForOn;
  private int waitingForOff;

  /**
   * @param setting turns the switch on or off; it is on at first
   */
  SharedSwitch(Consumer<Boolean> setting) {
    this.setting = setting;
  }

  /** Does some work with the switch on or off. The work must not ask for the switch itself. */
  <T> T with(boolean on, Supplier<T> work) {
    enter(on);
    try {
      return work.get();
    } finally {
      leave();
    }
  }

  private synchronized void enter(boolean on) {
    count(on, 1);
    boolean isInterrupted = false;
    while (running > 0 && (isOn != on || isWaitedFor(!on))) {
      try {
        wait();
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    count(on, -1);
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
    if (isOn != on) {
      setting.accept(on);
      isOn = on;
    }
    running++;
  }

  private synchronized void leave() {
    running--;
    notifyAll();
  }

  private void count(boolean on, int more) {
    if (on) {
      waitingForOn += more;
    } else {
      waitingForOff += more;
    }
  }

  private boolean isWaitedFor(boolean on) {
    return (on ? waitingForOn : waitingForOff) > 0;
  }
}
