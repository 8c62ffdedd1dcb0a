package io.similitude.dataset;

import io.similitude.files.ListedFile;
import io.similitude.spec.DatasetFormat;
import io.similitude.spec.DatasetSource;
import io.similitude.spec.DatasetSpec;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A cache of decoded data sets. Each is decoded once for all tasks. A task that asks during the
 * decoding waits. The most recently used data sets stay while memory is sufficient. If a later
 * listing finds that a file has changed, it is read again.
 */
final class StoredCache {
  /** A sweep shows one data set; the others are for programs that run several sweeps. */
  private static final int MOST = 4;

  private final Map<Key, SoftReference<StoredDataset>> entries = new Recent<>();

  StoredDataset get(DatasetListing listing, Supplier<StoredDataset> reading) {
    DatasetSpec spec = listing.spec();
    return get(new Key(spec.format(), spec.source(), listing.files()), reading);
  }

  private synchronized StoredDataset get(Key key, Supplier<StoredDataset> reading) {
    SoftReference<StoredDataset> entry = entries.get(key);
    StoredDataset kept = entry == null ? null : entry.get();
    if (kept != null) {
      return kept;
    }
    StoredDataset read = reading.get();
    entries.put(key, new SoftReference<>(read));
    return read;
  }

  private record Key(DatasetFormat format, DatasetSource source, List<ListedFile> files) {}

  private static final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    Recent() {
      super(MOST, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > MOST;
    }
  }
}
