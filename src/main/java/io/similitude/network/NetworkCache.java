package io.similitude.network;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Loaded networks of one process, kept for the next units that need them. Their number is bounded.
 * Users of a network are counted. A network that must be removed is closed when its last user has
 * finished.
 */
public final class NetworkCache implements AutoCloseable {
  private int capacity;

  /**
   * In the order of last use, so that the idle network that was used longest ago is removed first.
   */
  private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * A cache of at most {@code capacity} idle networks. Networks in use are not counted; there is at
   * most one for each task.
   */
  public NetworkCache(int capacity) {
    this.capacity = capacity;
  }

  /** Loads a network that is not in the cache. */
  @FunctionalInterface
  public interface Loader {
    Network load() throws IOException;
  }

  /**
   * The network with a key. The first caller loads it while other callers wait. It stays open until
   * the lease is closed.
   *
   * @param key a digest of everything that defines the network
   */
  public Lease lease(String key, Loader loader) throws IOException {
    Entry entry = enter(key);
    try {
      return new Lease(entry, entry.loaded(loader));
    } catch (IOException | RuntimeException | Error e) {
      leave(entry);
      throw e;
    }
  }

  /** The number of open networks. */
  public synchronized int size() {
    return entries.size();
  }

  /** Closes the idle networks. The others are closed when they are returned. */
  @Override
  public void close() {
    synchronized (this) {
      capacity = 0;
    }
    evict().forEach(Entry::close);
  }

  private synchronized Entry enter(String key) {
    Entry entry = entries.computeIfAbsent(key, Entry::new);
    entry.users++;
    return entry;
  }

  private void leave(Entry entry) {
    synchronized (this) {
      entry.users--;
      if (entry.users == 0 && !entry.isLoaded()) {
        entries.remove(entry.key);
      }
    }
    evict().forEach(Entry::close);
  }

  private synchronized List<Entry> evict() {
    List<Entry> gone = new ArrayList<>();
    int idle = (int) entries.values().stream().filter(entry -> entry.users == 0).count();
    for (Iterator<Entry> i = entries.values().iterator(); i.hasNext() && idle > capacity; ) {
      Entry entry = i.next();
      if (entry.users == 0) {
        i.remove();
        gone.add(entry);
        idle--;
      }
    }
    return gone;
  }

  /** A network in use. */
  public final class Lease implements AutoCloseable {
    private final Entry entry;
    private final Network network;

    private Lease(Entry entry, Network network) {
      this.entry = entry;
      this.network = network;
    }

    public Network network() {
      return network;
    }

    @Override
    public void close() {
      leave(entry);
    }
  }

  private static final class Entry {
    private final String key;
    private Network network;
    private int users;

    private Entry(String key) {
      this.key = key;
    }

    private synchronized Network loaded(Loader loader) throws IOException {
      if (network == null) {
        network = loader.load();
      }
      return network;
    }

    private synchronized boolean isLoaded() {
      return network != null;
    }

    private synchronized void close() {
      network.close();
    }
  }
}
