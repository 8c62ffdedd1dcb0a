package io.similitude.store;

import io.similitude.similarity.gram.GramSummary;
import io.similitude.similarity.gram.PackedGram;
import io.similitude.store.row.UnitRow;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.example.data.Group;

/**
 * The Gram matrices of one unit, one at a time, in the order in which they were written. Each of
 * the wanted positions comes exactly once. A file that is missing, short or damaged is an error, at
 * the latest at the end. The message names the file and says what to do.
 *
 * <p>The file is read column by column, so a Gram matrix is copied only once: from the page to its
 * numbers.
 */
public final class GramReader implements AutoCloseable {
  private static final List<String> NUMBERS = List.of("norm", "plain_norm", "triangles", "cubes");
  private static final List<String> COLUMNS =
      Stream.concat(Stream.of("position", "layer", "n", "gram"), NUMBERS.stream()).toList();

  private final TableReader<Group> file;
  private final Set<Integer> wanted;
  private final Set<Integer> missing;
  private ColumnReader position;
  private ColumnReader layer;
  private ColumnReader examples;
  private ColumnReader gram;
  private List<ColumnReader> numbers;
  private long rowsLeft;
  private boolean isSharing;

  /** The numbers of the last matrix, if matrices share memory. */
  private float[] shared = new float[0];

  GramReader(RunStorage storage, TableFile file, Collection<Integer> positions) throws IOException {
    this.wanted = Set.copyOf(positions);
    this.missing = new TreeSet<>(positions);
    this.file = TableReader.ofPlainColumns(storage, file, COLUMNS);
  }

  /**
   * From now on the matrices share memory: each is valid until the next one is read. New memory for
   * each takes as long as reading it.
   *
   * @return this
   */
  public GramReader sharingMemory() {
    isSharing = true;
    return this;
  }

  /**
   * Returns the next Gram matrix, or null after the last one.
   *
   * @throws IOException if the file is damaged, or has a position twice or not at all
   */
  public UnitRow.Gram next() throws IOException {
    try {
      while (rowsLeft > 0 || openRowGroup()) {
        rowsLeft--;
        UnitRow.Gram row = read();
        if (row != null) {
          return row;
        }
      }
    } catch (RuntimeException e) {
      throw file.damaged(e.getMessage(), e);
    }
    if (!missing.isEmpty()) {
      throw file.damaged("it has no Gram matrix at the positions " + missing, null);
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private boolean openRowGroup() throws IOException {
    TableReader<Group>.Columns columns = file.nextColumns();
    if (columns == null) {
      return false;
    }
    position = columns.column("position");
    layer = columns.column("layer");
    examples = columns.column("n");
    gram = columns.column("gram");
    numbers = NUMBERS.stream().map(columns::column).toList();
    rowsLeft = columns.rows();
    return true;
  }

  /** Reads the next row. Returns null if its position is not wanted. */
  private UnitRow.Gram read() throws IOException {
    int at = position.getInteger();
    UnitRow.Gram row = null;
    if (wanted.contains(at)) {
      if (!missing.remove(at)) {
        throw file.damaged("it holds position " + at + " twice", null);
      }
      int n = examples.getInteger();
      row =
          new UnitRow.Gram(
              at,
              layer.getBinary().toStringUsingUTF8(),
              matrix(n),
              new GramSummary(n, number(0), number(1), number(2), number(3)));
    } else {
      gram.skip();
      layer.skip();
      examples.skip();
      numbers.forEach(ColumnReader::skip);
    }
    position.consume();
    layer.consume();
    examples.consume();
    gram.consume();
    numbers.forEach(ColumnReader::consume);
    return row;
  }

  private PackedGram matrix(int n) {
    PackedGram matrix = PackedGram.ofBytes(n, gram.getBinary().toByteBuffer(), shared);
    if (isSharing) {
      shared = matrix.packed();
    }
    return matrix;
  }

  private double number(int column) {
    return numbers.get(column).getDouble();
  }
}
