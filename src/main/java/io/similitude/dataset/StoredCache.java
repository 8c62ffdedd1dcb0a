package io.similitude.dataset;

import io.similitude.files.FileAccess;
import io.similitude.files.FileInfo;
import io.similitude.spec.DatasetFormat;
import io.similitude.spec.DatasetSpec;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decoded data sets, each decoded once however many tasks ask for it: whoever comes while it is
 * being decoded waits. The most recently used stay, as long as memory is not short; a file that has
 * changed is read again.
 */
final class StoredCache {
  /** A sweep shows one data set; the others are for programs that run several sweeps. */
  private static final int MOST = 4;

  private final Map<Key, SoftReference<StoredDataset>> entries = new Recent<>();

  StoredDataset get(DatasetSpec spec, FileAccess files, Supplier<StoredDataset> reading) {
    // Asks storage, so not while others wait.
    return get(Key.of(spec, files), reading);
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

  private record Key(
      DatasetFormat format,
      String images,
      FileInfo imagesInfo,
      Optional<String> labels,
      Optional<FileInfo> labelsInfo) {
    static Key of(DatasetSpec spec, FileAccess files) {
      return new Key(
          spec.format(),
          spec.images(),
          files.info(spec.images()),
          spec.labels(),
          spec.labels().map(files::info));
    }
  }

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
