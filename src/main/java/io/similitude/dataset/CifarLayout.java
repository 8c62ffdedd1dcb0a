package io.similitude.dataset;

import io.similitude.dataset.image.ImageShape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The names and the layout of the files of CIFAR. A binary record is its label bytes, then 32 x 32
 * red, green and blue bytes, row-major. CIFAR-100 has two labels, the coarse one first; the fine
 * one is used.
 *
 * <p>Source: A. Krizhevsky, Learning multiple layers of features from tiny images (2009), and the
 * page of the data sets.
 */
enum CifarLayout {
  CIFAR10("CIFAR-10", 1, 10, "labels", "cifar-10-batches-bin", "cifar-10-batches-py") {
    @Override
    List<String> pickles(String split) {
      return split.equals(TRAIN)
          ? IntStream.rangeClosed(1, 5).mapToObj(batch -> "data_batch_" + batch).toList()
          : List.of("test_batch");
    }
  },
  CIFAR100("CIFAR-100", 2, 100, "fine_labels", "cifar-100-binary", "cifar-100-python") {
    @Override
    List<String> pickles(String split) {
      return List.of(split.equals(TRAIN) ? TRAIN : "test");
    }
  };

  static final ImageShape SHAPE = new ImageShape(3, 32, 32);
  static final String BINARY_EXTENSION = ".bin";
  private static final String TRAIN = "train";

  private final String title;
  private final int labelBytes;
  private final int classes;
  private final String labelKey;
  private final String binaryFolder;
  private final String pickleFolder;

  CifarLayout(
      String title,
      int labelBytes,
      int classes,
      String labelKey,
      String binaryFolder,
      String pickleFolder) {
    this.title = title;
    this.labelBytes = labelBytes;
    this.classes = classes;
    this.labelKey = labelKey;
    this.binaryFolder = binaryFolder;
    this.pickleFolder = pickleFolder;
  }

  /** The pickles of a split, in the order of their examples. */
  abstract List<String> pickles(String split);

  /** The binary files of a split, in the order of their examples. */
  List<String> binaries(String split) {
    return pickles(split).stream().map(name -> name + BINARY_EXTENSION).toList();
  }

  String title() {
    return title;
  }

  /** The folder that the archive of the binary version unpacks to. */
  String binaryFolder() {
    return binaryFolder;
  }

  /** The folder that the archive of the Python version unpacks to. */
  String pickleFolder() {
    return pickleFolder;
  }

  int labelBytes() {
    return labelBytes;
  }

  int classes() {
    return classes;
  }

  /** The pickles' entry of the labels. */
  String labelKey() {
    return labelKey;
  }

  int recordBytes() {
    return labelBytes + SHAPE.size();
  }
}
