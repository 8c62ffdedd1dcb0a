package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Optional;

/** The location of the examples of a data set. The format decides which kind it is. */
public sealed interface DatasetSource extends Serializable {
  /** The default column of the images: Hugging Face's name for it. */
  String IMAGE_COLUMN = "image";

  /** The default column of the labels. */
  String LABEL_COLUMN = "label";

  /**
   * Two files.
   *
   * @param images location of the images
   * @param labels location of the labels
   */
  record Arrays(String images, Optional<String> labels) implements DatasetSource {
    public Arrays {
      requireNonNull(images, "images");
      requireNonNull(labels, "labels");
    }

    private Object writeReplace() {
      return new SerializedArrays(images, labels.orElse(null));
    }

    private record SerializedArrays(String images, String labels) implements Serializable {
      private Object readResolve() {
        return new Arrays(images, Optional.ofNullable(labels));
      }
    }
  }

  /**
   * A folder whose layout the format knows.
   *
   * @param path location of the folder
   * @param split the part that is read; absent: it has no parts
   */
  record Folder(String path, Optional<String> split) implements DatasetSource {
    public Folder {
      requireNonNull(path, "path");
      requireNonNull(split, "split");
    }

    private Object writeReplace() {
      return new SerializedFolder(path, split.orElse(null));
    }

    private record SerializedFolder(String path, String split) implements Serializable {
      private Object readResolve() {
        return new Folder(path, Optional.ofNullable(split));
      }
    }
  }

  /**
   * Columns of one table file, or of a folder of them.
   *
   * @param path location of the file or the folder
   * @param split the files whose names begin with it; absent: all
   * @param image the column of the images
   * @param label the column of the labels; absent: {@value #LABEL_COLUMN} if there is one
   */
  record Columns(String path, Optional<String> split, String image, Optional<String> label)
      implements DatasetSource {
    public Columns {
      requireNonNull(path, "path");
      requireNonNull(split, "split");
      requireNonNull(image, "image");
      requireNonNull(label, "label");
    }

    private Object writeReplace() {
      return new SerializedColumns(path, split.orElse(null), image, label.orElse(null));
    }

    private record SerializedColumns(String path, String split, String image, String label)
        implements Serializable {
      private Object readResolve() {
        return new Columns(path, Optional.ofNullable(split), image, Optional.ofNullable(label));
      }
    }
  }
}
