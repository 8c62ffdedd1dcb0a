package io.similitude.dataset;

import io.similitude.dataset.npy.NpyArray;
import io.similitude.files.FileAccess;
import io.similitude.spec.DatasetFormat;
import io.similitude.spec.DatasetSource;
import io.similitude.spec.DatasetSpec;
import io.similitude.spec.ExampleOrder;
import io.similitude.spec.TransformSpec;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The files that generate.py made, and small ones made on the spot. */
public final class Fixtures {
  static final String IDX_IMAGES = path("fashion-mnist-50-images-idx3-ubyte.gz").toString();
  static final String IDX_LABELS = path("fashion-mnist-50-labels-idx1-ubyte.gz").toString();
  static final String NPY_IMAGES = path("fashion-mnist-50-images.npy").toString();
  static final String NPY_LABELS = path("fashion-mnist-50-labels.npy").toString();

  private Fixtures() {}

  public static Path path(String name) {
    try {
      return Path.of(Fixtures.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static NpyArray npy(String name) {
    return NpyArray.read(path(name).toString(), FileAccess.local());
  }

  static DatasetSpec spec(
      DatasetFormat format, String images, String labels, TransformSpec... transforms) {
    return spec(format, new DatasetSource.Arrays(images, Optional.ofNullable(labels)), transforms);
  }

  static DatasetSpec folder(
      DatasetFormat format, String path, String split, TransformSpec... transforms) {
    return spec(format, new DatasetSource.Folder(path, Optional.ofNullable(split)), transforms);
  }

  static DatasetSpec spec(DatasetFormat format, DatasetSource source, TransformSpec... transforms) {
    return new DatasetSpec(
        format, source, OptionalInt.empty(), ExampleOrder.FILE, List.of(transforms));
  }

  /** An IDX file of bytes that counts up from 0. */
  static String idx(Path folder, String name, int... dimensions) throws IOException {
    int size = 1;
    for (int dimension : dimensions) {
      size *= dimension;
    }
    return idx(folder, name, size, dimensions);
  }

  /** An IDX file whose header promises what need not be there. */
  static String idx(Path folder, String name, int size, int[] dimensions) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + size);
    bytes.put((byte) 0).put((byte) 0).put((byte) 8).put((byte) dimensions.length);
    for (int dimension : dimensions) {
      bytes.putInt(dimension);
    }
    for (int i = 0; i < size; i++) {
      bytes.put((byte) i);
    }
    return Files.write(folder.resolve(name), bytes.array()).toString();
  }

  public static String write(Path folder, String name, NpyArray array) throws IOException {
    Path path = folder.resolve(name);
    try (var out = Files.newOutputStream(path)) {
      array.write(out);
    }
    return path.toString();
  }
}
