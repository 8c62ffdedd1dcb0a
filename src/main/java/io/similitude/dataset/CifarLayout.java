package io.similitude.dataset;

import java.util.List;

/**
 * How the binary files of CIFAR are named and what a record of them is: label bytes, then 32 x 32
 * red, green and blue bytes, row-major. CIFAR-100 has two labels, the coarse one first; the fine
 * one, which is last, is used.
 *
 * <p>Source: A. Krizhevsky, Learning multiple layers of features from tiny images (2009), and the
 * page of the data sets.
 */
enum CifarLayout {
  CIFAR10("CIFAR-10", 1, 10, "cifar-10-batches-bin") {
    @Override
    List<String> files(String split) {
      return split.equals(TRAIN)
          ? List.of(
              "data_batch_1.bin",
              "data_batch_2.bin",
              "data_batch_3.bin",
              "data_batch_4.bin",
              "data_batch_5.bin")
          : List.of("test_batch.bin");
    }
  },
  CIFAR100("CIFAR-100", 2, 100, "cifar-100-binary") {
    @Override
    List<String> files(String split) {
      return List.of(split.equals(TRAIN) ? "train.bin" : "test.bin");
    }
  };

  static final ImageShape SHAPE = new ImageShape(3, 32, 32);
  private static final String TRAIN = "train";

  private final String title;
  private final int labelBytes;
  private final int classes;
  private final String folder;

  CifarLayout(String title, int labelBytes, int classes, String folder) {
    this.title = title;
    this.labelBytes = labelBytes;
    this.classes = classes;
    this.folder = folder;
  }

  /** The files of a split, in the order of their examples. */
  abstract List<String> files(String split);

  String title() {
    return title;
  }

  /** The folder that the archive unpacks to. */
  String folder() {
    return folder;
  }

  int labelBytes() {
    return labelBytes;
  }

  int classes() {
    return classes;
  }

  int recordBytes() {
    return labelBytes + SHAPE.size();
  }
}
