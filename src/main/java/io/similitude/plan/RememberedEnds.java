package io.similitude.plan;

import io.similitude.execution.ProcessEnd;
import io.similitude.files.FileAccess;
import io.similitude.files.ListedFile;
import io.similitude.store.RunFolder;
import io.similitude.store.RunWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run remembers of networks that crash or never end, so that not every command pays for them
 * anew. It holds for the same work: the digest has the files, the spec and the format. Another
 * version of Similitude, more time, or {@code --retry-failed} tries the work again. Used on the
 * driver, on one thread.
 */
public final class RememberedEnds {
  /** The folder in a run's folder. */
  public static final String FOLDER = EndedWork.FOLDER;

  private static final int MOST_BYTES = 1 << 20;

  private final Map<String, EndedWork> known;
  private final Map<String, EndedWork> added = new LinkedHashMap<>();
  private final boolean forgets;

  private RememberedEnds(Map<String, EndedWork> known, boolean forgets) {
    this.known = known;
    this.forgets = forgets;
  }

  /** A memory that knows nothing. */
  public static RememberedEnds none() {
    return new RememberedEnds(Map.of(), false);
  }

  /** A memory that tries everything again: what the run remembers is removed. */
  public static RememberedEnds forgetting() {
    return new RememberedEnds(Map.of(), true);
  }

  /** What a run remembers. */
  public static RememberedEnds of(RunFolder run, FileAccess files) {
    String folder = run.location() + "/" + FOLDER;
    Map<String, EndedWork> known = new HashMap<>();
    if (files.exists(folder)) {
      for (ListedFile file : files.list(folder)) {
        String name = file.name();
        if (name.endsWith(EndedWork.ENDING)) {
          String digest = name.substring(0, name.length() - EndedWork.ENDING.length());
          EndedWork.read(digest, files.readText(folder + "/" + name, MOST_BYTES))
              .ifPresent(work -> known.put(digest, work));
        }
      }
    }
    return new RememberedEnds(known, false);
  }

  /** The path in a run's folder of what is remembered of work with this digest. */
  public static String path(String digest) {
    return EndedWork.path(digest);
  }

  /** Writes at once, from any process, how work ended. */
  public static void write(RunWriter writer, String digest, String cause, ProcessEnd end)
      throws IOException {
    if (end.isLasting()) {
      EndedWork.of(digest, cause, end).write(writer);
    }
  }

  /**
   * Why this work is not done again; empty if it is to be done.
   *
   * @param limit the time that it would have
   */
  public Optional<String> cause(String digest, Duration limit) {
    return Optional.ofNullable(known.get(digest))
        .filter(work -> work.isSame(limit))
        .map(EndedWork::cause);
  }

  /** Notes how work of the plan ended. {@link #save} writes it down. */
  void add(String digest, String cause, ProcessEnd end) {
    if (end.isLasting()) {
      added.put(digest, EndedWork.of(digest, cause, end));
    }
  }

  /** Whether the run's memory is to be removed. */
  public boolean forgets() {
    return forgets;
  }

  /** Writes down what was noted while the sweep was planned. */
  public void save(RunWriter writer) throws IOException {
    if (forgets) {
      writer.upkeep().removeFile(FOLDER);
    }
    for (EndedWork work : added.values()) {
      work.write(writer);
    }
    added.clear();
  }
}
