package io.similitude.dataset;

import io.similitude.files.FileAccess;
import io.similitude.files.ListedFile;
import io.similitude.input.InputException;
import io.similitude.spec.DatasetSource;
import io.similitude.spec.DatasetSpec;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * JPEG and PNG files with one folder per class, as ImageNet, ImageNette and ImageWoof unpack.
 * Classes are the folders' names in order. Images are sorted by class, then by the folder below it,
 * then by name. All names are compared code unit by code unit. Files without an image's extension
 * are left out.
 *
 * <p>Source: torchvision 0.14, {@code datasets.ImageFolder}.
 */
final class ImageFolderFormat implements StoredFormat {
  /**
   * The extensions of torchvision. Files that are neither JPEG nor PNG are counted, and fail when
   * they are read.
   */
  private static final Set<String> EXTENSIONS =
      Set.of("jpg", "jpeg", "png", "ppm", "bmp", "pgm", "tif", "tiff", "webp");

  private static final Set<String> SPLITS =
      Set.of("train", "training", "val", "valid", "validation", "test");

  private static final Comparator<ListedFile> ORDER =
      Comparator.comparing((ListedFile file) -> className(file.name()))
          .thenComparing(file -> folder(file.name()))
          .thenComparing(ListedFile::name);

  @Override
  public DatasetListing list(DatasetSpec spec, FileAccess files) {
    DatasetSource.Folder source = (DatasetSource.Folder) spec.source();
    String root = source.path() + source.split().map(split -> "/" + split).orElse("");
    List<String> classes = files.folders(root);
    requireClasses(root, source, classes);
    List<ListedFile> images =
        files.list(root).stream()
            .filter(file -> isImage(file.name()) && file.name().contains("/"))
            .sorted(ORDER)
            .toList();
    requireImages(root, classes, images);
    return new DatasetListing(spec, root, images, classes, List.of());
  }

  private static void requireClasses(
      String root, DatasetSource.Folder source, List<String> classes) {
    if (classes.isEmpty()) {
      throw new InputException(
          "Cannot find images in %s: it has no folders (must have one folder per class)"
              .formatted(root));
    }
    if (source.split().isEmpty() && SPLITS.containsAll(classes)) {
      throw new InputException(
          "Cannot take %s for a folder of classes: its folders are %s (choose one by split)"
              .formatted(root, String.join(", ", classes)));
    }
  }

  /** A class without images is refused: an object store would not have its folder. */
  private static void requireImages(String root, List<String> classes, List<ListedFile> images) {
    Set<String> filled =
        images.stream().map(file -> className(file.name())).collect(Collectors.toSet());
    for (String name : classes) {
      if (!filled.contains(name)) {
        throw new InputException(
            "Cannot find an image of class %s: there is none in %s/%s (add one, or remove the folder)"
                .formatted(name, root, name));
      }
    }
  }

  private static boolean isImage(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1);
    return EXTENSIONS.contains(extension.toLowerCase(Locale.ROOT));
  }

  private static String folder(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('/')));
  }

  private static String className(String name) {
    return name.substring(0, name.indexOf('/'));
  }

  @Override
  public StoredDataset read(DatasetListing listing, FileAccess files) {
    int[] labels = labels(listing);
    return new StoredDataset(
        new ImageFiles(listing, files), Optional.of(example -> labels[example]));
  }

  private static int[] labels(DatasetListing listing) {
    Map<String, Integer> indices = new HashMap<>();
    for (String name : listing.classes()) {
      indices.put(name, indices.size());
    }
    return listing.files().stream().mapToInt(file -> indices.get(className(file.name()))).toArray();
  }

  @Override
  public DatasetIdentity identity() {
    return DatasetIdentity.LISTING;
  }
}
