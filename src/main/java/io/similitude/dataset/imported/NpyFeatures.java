package io.similitude.dataset.imported;

import io.similitude.dataset.image.ImageArray;
import io.similitude.dataset.npy.ColumnMajor;
import io.similitude.dataset.npy.NpyArray;
import io.similitude.dataset.npy.NpyHeader;
import io.similitude.files.FileAccess;
import io.similitude.files.FileInfo;
import io.similitude.files.SeekableStream;
import io.similitude.files.Sha256;
import io.similitude.input.InputException;
import io.similitude.spec.RepresentationSource;
import io.similitude.spec.RepresentationSpec;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rows of a NumPy file. Only the requested rows are read.
 *
 * @param info of the file when it was found
 * @param idsLocation of the array of the rows' examples; null: row i is example i
 */
record NpyFeatures(String location, FileInfo info, String idsLocation) implements FeatureSource {
  static FoundFeatures find(
      RepresentationSpec spec, RepresentationSource.Npy npy, FileAccess files) {
    FileInfo info = files.info(npy.file());
    NpyFeatures source = new NpyFeatures(npy.file(), info, npy.exampleIds().orElse(null));
    int[] shape = source.reading(files, (header, in) -> header.shape());
    long[] ids = source.ids(shape[0], files);
    return new FoundFeatures(
        spec.checkpoint().orElseThrow(),
        spec.view().orElseThrow(),
        spec.layer().orElseThrow(),
        "Array",
        shape.length == 1 ? List.of(1) : Arrays.stream(shape).skip(1).boxed().toList(),
        npy.file(),
        ids == null ? ExampleIds.counted(shape[0]) : ExampleIds.named(source.idsLocation, ids),
        source.digest(files),
        source);
  }

  @Override
  public FeatureRows rows(long[] ids, FileAccess files) {
    if (!files.info(location).equals(info)) {
      throw new InputException(
          "Cannot read %s: it has changed since the sweep was planned (run it again)"
              .formatted(location));
    }
    return reading(files, (header, in) -> rows(header, in, places(ids, header.shape()[0], files)));
  }

  private String digest(FileAccess files) {
    return Sha256.ofLines(
        List.of(files.sha256(location), idsLocation == null ? "" : files.sha256(idsLocation)));
  }

  /** The example of each row; null if row i is example i. */
  private long[] ids(int rows, FileAccess files) {
    if (idsLocation == null) {
      return null;
    }
    NpyArray ids = NpyArray.read(idsLocation, files);
    if (!ids.type().isInteger() || ids.shape().length != 1 || ids.size() != rows) {
      throw new InputException(
          "Cannot read example ids %s: they are %s of [%s] (must be %d integers, one for each row of %s)"
              .formatted(idsLocation, ids.type(), ImageArray.text(ids.shape()), rows, location));
    }
    return ids.longs();
  }

  private int[] places(long[] wanted, int rows, FileAccess files) {
    long[] ids = ids(rows, files);
    if (ids == null) {
      return Arrays.stream(wanted).mapToInt(Math::toIntExact).toArray();
    }
    Map<Long, Integer> places = new HashMap<>();
    IntStream.range(0, rows).forEach(row -> places.put(ids[row], row));
    return Arrays.stream(wanted).mapToInt(places::get).toArray();
  }

  private static FeatureRows rows(NpyHeader header, SeekableStream in, int... places)
      throws IOException {
    long start = in.position();
    int[] first = IntStream.range(0, Math.min(FeatureFrame.ROWS, header.shape()[0])).toArray();
    double[][] sample =
        arrays(header, in, start, first).map(NpyArray::doubles).toArray(double[][]::new);
    FeatureFrame frame = FeatureFrame.of(sample);
    Stream<NpyArray> rows = arrays(header, in, start, places);
    return header.type().fitsFloat32()
        ? FeatureRows.of(rows.map(NpyArray::floats).toArray(float[][]::new), frame)
        : FeatureRows.of(rows.map(NpyArray::doubles).toArray(double[][]::new), frame);
  }

  private static Stream<NpyArray> arrays(
      NpyHeader header, SeekableStream in, long start, int... places) throws IOException {
    if (in.position() != start) {
      in.seek(start);
    }
    byte[][] rows =
        header.isColumnMajor() ? rowsOfColumns(header, in, places) : wholeRows(header, in, places);
    return Arrays.stream(rows).map(row -> NpyArray.row(header, row));
  }

  private static byte[][] wholeRows(NpyHeader header, SeekableStream in, int... places)
      throws IOException {
    long start = in.position();
    int bytes = Math.toIntExact(valueBytes(header) / header.shape()[0]);
    byte[][] rows = new byte[places.length][];
    for (int i = 0; i < rows.length; i++) {
      long at = start + (long) places[i] * bytes;
      if (in.position() != at) {
        in.seek(at);
      }
      byte[] row = new byte[bytes];
      if (in.readNBytes(row, 0, bytes) < bytes) {
        throw new IOException("it ends before row " + places[i] + " does");
      }
      rows[i] = row;
    }
    return rows;
  }

  /**
   * In Fortran order, the values of one feature for all rows are stored together. So the whole file
   * is read, feature by feature.
   */
  private static byte[][] rowsOfColumns(NpyHeader header, SeekableStream in, int... places)
      throws IOException {
    int count = header.shape()[0];
    int size = header.type().bytes();
    int features = Math.toIntExact(valueBytes(header) / size / count);
    ColumnMajor order =
        new ColumnMajor(Arrays.copyOfRange(header.shape(), 1, header.shape().length));
    byte[][] rows = new byte[places.length][Math.multiplyExact(features, size)];
    byte[] column = new byte[Math.multiplyExact(count, size)];
    for (int i = 0; i < features; i++) {
      if (in.readNBytes(column, 0, column.length) < column.length) {
        throw new IOException("it ends before its last feature does");
      }
      int at = order.next() * size;
      for (int row = 0; row < places.length; row++) {
        System.arraycopy(column, places[row] * size, rows[row], at, size);
      }
    }
    return rows;
  }

  private interface Reading<T> {
    T read(NpyHeader header, SeekableStream in) throws IOException;
  }

  private <T> T reading(FileAccess files, Reading<T> reading) {
    try (SeekableStream in = files.openSeekable(location)) {
      NpyHeader header = NpyHeader.read(location, in);
      requireWhole(header, in.position());
      return reading.read(header, in);
    } catch (IOException e) {
      throw files.cannotRead(location, e);
    }
  }

  private void requireWhole(NpyHeader header, long start) {
    String shape = ImageArray.text(header.shape());
    if (header.shape().length == 0 || Arrays.stream(header.shape()).anyMatch(side -> side < 1)) {
      throw new InputException(
          "Cannot read %s: it is an array of [%s] (must be examples x features)"
              .formatted(location, shape));
    }
    long promised = valueBytes(header);
    if (promised / header.shape()[0] > Integer.MAX_VALUE - 8 || start + promised != info.length()) {
      throw new InputException(
          "Cannot read %s: its header promises %d bytes of values, %s of [%s], and the file holds %d (was it copied or downloaded whole?)"
              .formatted(location, promised, header.type(), shape, info.length() - start));
    }
  }

  private static long valueBytes(NpyHeader header) {
    try {
      return Arrays.stream(header.shape())
          .asLongStream()
          .reduce(header.type().bytes(), Math::multiplyExact);
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE / 2;
    }
  }
}
