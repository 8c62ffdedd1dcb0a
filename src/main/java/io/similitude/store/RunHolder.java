package io.similitude.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mark of the command that writes a run. It is a file in the run's folder, and the command
 * renews it as long as it lives. A second command is refused while the first one lives. If both are
 * on one host, the process shows whether the first one lives. Otherwise the renewal of the file
 * shows it. No clocks are compared, so a clock that jumps does no harm.
 */
final class RunHolder implements AutoCloseable {
  static final String FILE = "_holder.json";
  private static final Logger LOG = LoggerFactory.getLogger(RunHolder.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A renewal may be late by two more periods. After that, its command counts as dead. */
  private static final int PERIODS = 3;

  /** The name that Linux gives to the time since the host was started. */
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /** The place of the start among the fields of /proc/PID/stat after the program's name. */
  private static final int START_TICKS = 19;

  private final RunFolder folder;
  private final String id = UUID.randomUUID().toString();
  private final String since = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  private final ScheduledExecutorService clock;
  private long beat;

  private RunHolder(RunFolder folder) {
    this.folder = folder;
    this.clock = Executors.newSingleThreadScheduledExecutor(RunHolder::daemon);
  }

  /**
   * Takes control of the run.
   *
   * @param periodMillis the time between two renewals
   * @throws IOException if another command holds it; the message names that command and its start
   */
  static RunHolder take(RunFolder folder, long periodMillis) throws IOException {
    JsonNode before = read(folder);
    if (!before.isMissingNode() && isAlive(folder, before, periodMillis)) {
      throw refused(folder, before);
    }
    RunHolder holder = new RunHolder(folder);
    folder.storage().makeFolder(RunWriter.STAGING);
    holder.write();
    holder.publish();
    JsonNode now = read(folder);
    if (!now.path("id").asText().equals(holder.id)) {
      holder.clock.shutdown();
      throw refused(folder, now);
    }
    var unused =
        holder.clock.scheduleAtFixedRate(
            holder::beat, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    return holder;
  }

  /**
   * Stops to renew the mark, which stays. From now on nothing is written into the staging folder.
   */
  synchronized void stopRenewing() throws IOException {
    clock.shutdown();
    folder.storage().delete(next());
  }

  /** Releases the run, unless another command already holds it. */
  @Override
  public synchronized void close() throws IOException {
    clock.shutdown();
    if (isOwn()) {
      folder.storage().delete(FILE);
    }
  }

  private static IOException refused(RunFolder folder, JsonNode holder) {
    return new IOException(
        "Cannot write the run %s: a command of %s on %s (process %s) has been writing it since %s (wait for its end)"
            .formatted(
                folder.location(),
                holder.path("user").asText(),
                holder.path("host").asText(),
                holder.path("pid").asText(),
                holder.path("since").asText()));
  }

  private static boolean isAlive(RunFolder folder, JsonNode holder, long periodMillis)
      throws IOException {
    if (holder.path("host").asText().equals(host())) {
      long pid = holder.path("pid").asLong();
      boolean isAnother = pid != ProcessHandle.current().pid();
      Optional<ProcessHandle> process = ProcessHandle.of(pid);
      return isAnother
          && process.isPresent()
          && started(process.get()).equals(holder.path("processStarted").asText());
    }
    LOG.info(
        "The run was left by {} on {}: waiting whether that command still lives",
        holder.path("user").asText(),
        holder.path("host").asText());
    for (int i = 0; i < PERIODS; i++) {
      sleep(periodMillis);
      JsonNode now = read(folder);
      if (now.isMissingNode()) {
        return false;
      }
      if (!now.equals(holder)) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode read(RunFolder folder) throws IOException {
    RunStorage storage = folder.storage();
    try {
      return storage.isThere(FILE) ? JSON.readTree(storage.read(FILE)) : MissingNode.getInstance();
    } catch (com.fasterxml.jackson.core.JsonProcessingException | java.io.FileNotFoundException e) {
      return MissingNode.getInstance();
    }
  }

  private boolean isOwn() throws IOException {
    return read(folder).path("id").asText().equals(id);
  }

  /**
   * Renews the file. A command that was considered dead writes nothing more, because its staging
   * folder is gone.
   */
  private synchronized void beat() {
    try {
      // Another command may have come while this one was held up: the last look is just before.
      if (clock.isShutdown() || !isOwn()) {
        clock.shutdown();
        return;
      }
      write();
      if (isOwn()) {
        publish();
      } else {
        folder.storage().delete(next());
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("Cannot renew {}; the next time may do", FILE, e);
    }
  }

  /** Writes the next state of the file beside it. If this command dies, the next one removes it. */
  private void write() throws IOException {
    ProcessHandle own = ProcessHandle.current();
    byte[] bytes =
        JSON.writeValueAsBytes(
            Map.of(
                "id", id,
                "user", System.getProperty("user.name", "unknown"),
                "host", host(),
                "pid", own.pid(),
                "processStarted", started(own),
                "since", since,
                "beat", beat++));
    try (var out = folder.storage().create(next())) {
      out.write(bytes);
    }
  }

  private void publish() throws IOException {
    folder.storage().move(next(), FILE);
  }

  private String next() {
    return RunWriter.STAGING + "/holder-" + id;
  }

  /**
   * When a process of this host was started. On Linux it is a number of ticks since the host was
   * started, with a name for that start. The instant that Java gives is counted from the wall
   * clock, so it would be another one after the clock has jumped.
   */
  static String started(ProcessHandle process) {
    try {
      String line = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
      // The name of the program stands in brackets before, and may hold anything.
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return Files.readString(BOOT).strip() + "/" + fields[START_TICKS];
    } catch (IOException | RuntimeException e) {
      return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for another command", e);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "similitude-holder");
    thread.setDaemon(true);
    return thread;
  }
}
