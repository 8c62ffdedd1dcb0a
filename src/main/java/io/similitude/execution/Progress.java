package io.similitude.execution;

import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the user the progress of a stage. On a terminal it is one line that is updated in place.
 * Elsewhere it is a new line every few seconds.
 */
public final class Progress {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
  private static final long TERMINAL_MILLIS = 500;
  private static final long LOG_MILLIS = 5000;

  /** The interval between two lines of a long log, as a fraction of the time that has passed. */
  private static final double THINNING = 0.1;

  private final String what;
  private final long total;
  private final TaskCounters counters;
  private final Supplier<InnerProgress> inner;
  private final boolean terminal = isTerminal();
  private final long start = System.nanoTime();
  private double last;

  /**
   * @param what the name of the things that are done, in the plural
   * @param inner how much has been done inside of them
   */
  Progress(String what, long total, TaskCounters counters, Supplier<InnerProgress> inner) {
    this.what = what;
    this.total = total;
    this.counters = counters;
    this.inner = inner;
  }

  /** Shows the progress of the work until it ends. */
  <T> T during(Supplier<T> work) {
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Progress::daemon);
    long period = terminal ? TERMINAL_MILLIS : LOG_MILLIS;
    var unused = clock.scheduleAtFixedRate(this::tick, period, period, TimeUnit.MILLISECONDS);
    try {
      return work.get();
    } finally {
      clock.shutdown();
      show();
      if (terminal) {
        System.err.println();
      }
    }
  }

  /** Shows the progress of the work only after it has ended. */
  <T> T after(Supplier<T> work) {
    try {
      return work.get();
    } finally {
      LOG.info("{}", line(seconds()));
    }
  }

  private void tick() {
    if (terminal || isDue(last, seconds())) {
      show();
    }
  }

  /**
   * Whether it is time for the next line of a log. At first there is a line every few seconds.
   * Later the lines become less frequent. A whole night gives about sixty lines.
   *
   * @param last the time of the last line, in seconds from the start
   */
  static boolean isDue(double last, double now) {
    return now - last >= THINNING * now;
  }

  private double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  private synchronized void show() {
    double seconds = seconds();
    last = seconds;
    if (terminal) {
      System.err.print("\r\033[K" + line(seconds));
    } else {
      LOG.info("{}", line(seconds));
    }
  }

  private String line(double seconds) {
    return line(
        what,
        total,
        counters.done().value(),
        counters.failed().value(),
        counters.images().value(),
        inner.get(),
        seconds);
  }

  /**
   * Returns a line such as {@code 12 of 80 units, 1 failed, 640 images a second, 1 min 30 s left},
   * or {@code 1 of 4 parts, 64 % computed, 20000 rows, 2 min 5 s left}.
   */
  public static String line(
      String what,
      long total,
      long done,
      long failed,
      long images,
      InnerProgress inner,
      double seconds) {
    StringBuilder line = new StringBuilder().append(done).append(" of ").append(total);
    line.append(' ').append(what);
    if (failed > 0) {
      line.append(", ").append(failed).append(" failed");
    }
    if (images > 0) {
      line.append(String.format(Locale.ROOT, ", %.0f images a second", images / seconds));
    }
    line.append(inner.text());
    long ended = done + failed;
    if (ended == total) {
      return line.append(", took ").append(duration(seconds)).toString();
    }
    if (ended > 0) {
      line.append(", ").append(duration(seconds * (total - ended) / ended)).append(" left");
    }
    return line.toString();
  }

  public static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    long minutes = whole / 60;
    return minutes < 60
        ? "%d min %d s".formatted(minutes, whole % 60)
        : "%d h %d min".formatted(minutes / 60, minutes % 60);
  }

  /**
   * Whether the output is a terminal. From JDK 22 on there is always a console, even without a
   * terminal. In that case separate lines are the safe choice.
   */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    return Runtime.version().feature() < 22 && System.console() != null;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "similitude-progress");
    thread.setDaemon(true);
    return thread;
  }
}
