package io.similitude.dataset;

import io.similitude.files.FileAccess;
import io.similitude.files.ListedFile;
import io.similitude.spec.DatasetSource;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The binary files of CIFAR-10 or CIFAR-100. The path is the folder that holds them, or the one in
 * which that folder lies. A file may have fewer or more records than the original, but only whole
 * ones.
 */
final class CifarFormat implements StoredFormat {
  /** Ten times the originals; what is read stays in memory. */
  private static final int MOST_RECORDS = 600_000;

  private final CifarLayout layout;

  CifarFormat(CifarLayout layout) {
    this.layout = layout;
  }

  @Override
  public DatasetListing list(DatasetSpec spec, FileAccess files) {
    DatasetSource.Folder source = (DatasetSource.Folder) spec.source();
    List<String> names = layout.files(source.split().orElseThrow());
    String folder = folder(source.path(), names.get(0), files);
    return DatasetListing.ofLocations(
        spec, files, names.stream().map(name -> folder + "/" + name).toList());
  }

  private String folder(String path, String first, FileAccess files) {
    for (String folder : List.of(path, path + "/" + layout.folder())) {
      if (files.exists(folder + "/" + first)) {
        return folder;
      }
    }
    throw new InputException(
        "Cannot find %s in %s: there is neither %s nor %s/%s (path must be the unpacked folder of the binary version, or the folder it lies in)"
            .formatted(layout.title(), path, first, layout.folder(), first));
  }

  @Override
  public StoredDataset read(DatasetListing listing, FileAccess files) {
    int records = records(listing);
    byte[] pixels = new byte[records * CifarLayout.SHAPE.size()];
    int[] labels = new int[records];
    int next = 0;
    for (int i = 0; i < listing.files().size(); i++) {
      next = read(listing.location(i), files, next, pixels, labels);
    }
    if (next != records) {
      throw new InputException(
          "Cannot read %s: it has changed since it was listed (try again)"
              .formatted(listing.location(0)));
    }
    Images images = new ByteImages(CifarLayout.SHAPE, pixels);
    return new StoredDataset(images, Optional.of(example -> labels[example]));
  }

  private int records(DatasetListing listing) {
    long records = 0;
    for (int i = 0; i < listing.files().size(); i++) {
      ListedFile file = listing.files().get(i);
      long length = file.info().length();
      if (length == 0 || length % layout.recordBytes() != 0) {
        throw new InputException(
            "Cannot read %s: it is %d bytes long (must be a multiple of %d, the record of %s; was it copied or downloaded whole?)"
                .formatted(listing.location(i), length, layout.recordBytes(), layout.title()));
      }
      records += length / layout.recordBytes();
      if (records > MOST_RECORDS) {
        throw new InputException(
            "Cannot read %s: it has more than %d images (is it the right file?)"
                .formatted(listing.location(i), MOST_RECORDS));
      }
    }
    return (int) records;
  }

  /** Reads a file's records to the places from {@code from}; gives the place after the last. */
  private int read(String location, FileAccess files, int from, byte[] pixels, int... labels) {
    byte[] record = new byte[layout.recordBytes()];
    int size = CifarLayout.SHAPE.size();
    int next = from;
    try (InputStream in = files.open(location)) {
      while (next < labels.length && in.readNBytes(record, 0, record.length) == record.length) {
        ByteBuffer.wrap(record, layout.labelBytes(), size).get(pixels, next * size, size);
        labels[next] = label(location, next - from, record[layout.labelBytes() - 1]);
        next++;
      }
    } catch (IOException e) {
      throw files.cannotRead(location, e);
    }
    return next;
  }

  private int label(String location, int index, byte stored) {
    int label = Byte.toUnsignedInt(stored);
    if (label >= layout.classes()) {
      throw new InputException(
          "Cannot read %s: the label of its image %d is %d (must be below %d; is it %s in binary?)"
              .formatted(location, index, label, layout.classes(), layout.title()));
    }
    return label;
  }

  @Override
  public DatasetIdentity identity() {
    return DatasetIdentity.CONTENT;
  }
}
