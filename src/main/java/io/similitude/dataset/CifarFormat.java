package io.similitude.dataset;

import io.similitude.dataset.image.ByteImages;
import io.similitude.files.FileAccess;
import io.similitude.files.ListedFile;
import io.similitude.input.InputException;
import io.similitude.spec.DatasetSource;
import io.similitude.spec.DatasetSpec;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * CIFAR-10 or CIFAR-100, as binary files or as the pickles that torchvision stores. If there are
 * both, the binary files are read. The path is the folder with the files, or the parent of that
 * folder: torchvision's root.
 */
final class CifarFormat implements StoredFormat {
  /** The largest original file has 155 MB. */
  private static final int LONGEST = 1 << 28;

  private final CifarLayout layout;

  CifarFormat(CifarLayout layout) {
    this.layout = layout;
  }

  @Override
  public DatasetListing list(DatasetSpec spec, FileAccess files) {
    DatasetSource.Folder source = (DatasetSource.Folder) spec.source();
    String split = source.split().orElseThrow();
    String path = source.path();
    return find(path, layout.binaryFolder(), layout.binaries(split), files)
        .or(() -> find(path, layout.pickleFolder(), layout.pickles(split), files))
        .map(locations -> DatasetListing.ofLocations(spec, files, locations))
        .orElseThrow(() -> missing(path, split));
  }

  private static Optional<List<String>> find(
      String path, String folder, List<String> names, FileAccess files) {
    return List.of(path, path + "/" + folder).stream()
        .filter(place -> files.exists(place + "/" + names.get(0)))
        .findFirst()
        .map(place -> names.stream().map(name -> place + "/" + name).toList());
  }

  private InputException missing(String path, String split) {
    String binary = layout.binaries(split).get(0);
    String pickle = layout.pickles(split).get(0);
    return new InputException(
        "Cannot find %s in %s: there is none of %s, %s/%s, %s, %s/%s (path must be the unpacked folder, or the folder it lies in)"
            .formatted(
                layout.title(),
                path,
                binary,
                layout.binaryFolder(),
                binary,
                pickle,
                layout.pickleFolder(),
                pickle));
  }

  @Override
  public StoredDataset read(DatasetListing listing, FileAccess files) {
    List<CifarFile> parts = new ArrayList<>();
    for (int i = 0; i < listing.files().size(); i++) {
      parts.add(read(listing.location(i), listing.files().get(i), files));
    }
    int count = parts.stream().mapToInt(CifarFile::count).sum();
    int size = CifarLayout.SHAPE.size();
    byte[] pixels = new byte[Math.multiplyExact(count, size)];
    int[] labels = new int[count];
    int next = 0;
    for (CifarFile part : parts) {
      System.arraycopy(part.pixels(), 0, pixels, next * size, part.count() * size);
      System.arraycopy(part.labels(), 0, labels, next, part.count());
      next += part.count();
    }
    return new StoredDataset(
        new ByteImages(CifarLayout.SHAPE, pixels), Optional.of(example -> labels[example]));
  }

  private CifarFile read(String location, ListedFile listed, FileAccess files) {
    byte[] content = content(location, listed.info().length(), files);
    return location.endsWith(CifarLayout.BINARY_EXTENSION)
        ? CifarFile.ofBinary(location, layout, content)
        : CifarFile.ofPickle(location, layout, content);
  }

  private static byte[] content(String location, long length, FileAccess files) {
    if (length > LONGEST) {
      throw new InputException(
          "Cannot read %s: it is %d bytes long (must be at most %d; is it the right file?)"
              .formatted(location, length, LONGEST));
    }
    try (InputStream in = files.open(location)) {
      return in.readNBytes((int) length);
    } catch (IOException e) {
      throw files.cannotRead(location, e);
    }
  }

  @Override
  public DatasetIdentity identity() {
    return DatasetIdentity.CONTENT;
  }
}
