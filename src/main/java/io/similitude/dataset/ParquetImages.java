package io.similitude.dataset;

import io.similitude.dataset.image.BadImages;
import io.similitude.dataset.image.EncodedImage;
import io.similitude.dataset.image.Image;
import io.similitude.dataset.image.ImageShape;
import io.similitude.dataset.image.Images;
import io.similitude.dataset.parquet.ParquetColumn;
import io.similitude.dataset.parquet.ParquetFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Images of a column. A request for many images opens each file once and reads each row group once.
 * So batches in file order are cheap. Shuffled batches are as cheap as row groups allow.
 */
final class ParquetImages implements Images {
  private final ParquetTables tables;

  ParquetImages(ParquetTables tables) {
    this.tables = tables;
  }

  @Override
  public int count() {
    return tables.examples();
  }

  @Override
  public ImageShape firstShape() {
    List<ImageShape> shapes = new ArrayList<>();
    forEach(
        new long[] {0},
        (position, name, bytes) -> shapes.add(new EncodedImage(name, bytes).shape()));
    return shapes.get(0);
  }

  @Override
  public Image read(int index) {
    List<Image> images = new ArrayList<>();
    read(new long[] {index}, (position, image) -> images.add(image));
    return images.get(0);
  }

  @Override
  public void read(long[] ids, Taker taker) {
    BadImages bad = new BadImages();
    forEach(
        ids,
        (position, name, bytes) ->
            bad.attempt(() -> taker.take(position, new EncodedImage(name, bytes).decode())));
    bad.refuse(ids.length);
  }

  @Override
  public String name(int index) {
    int file = tables.file(index);
    return "row %d of %s".formatted(index - tables.start(file), tables.location(file));
  }

  private interface EncodedTaker {
    void take(int position, String name, byte[] bytes);
  }

  private void forEach(long[] ids, EncodedTaker taker) {
    TreeMap<Integer, Wanted> byFile = new TreeMap<>();
    for (int i = 0; i < ids.length; i++) {
      int file = tables.file((int) ids[i]);
      byFile.computeIfAbsent(file, f -> new Wanted()).add((int) ids[i] - tables.start(file), i);
    }
    byFile.forEach((file, wanted) -> read(file, wanted, taker));
  }

  private void read(int file, Wanted wanted, EncodedTaker taker) {
    tables.read(
        file,
        table -> {
          ParquetColumn column = tables.imageColumn(file, table.schema());
          int first = 0;
          List<Integer> groups = table.groupRows();
          for (int group = 0; group < groups.size(); group++) {
            if (wanted.anyIn(first, groups.get(group))) {
              read(table, group, column, file, first, wanted, taker);
            }
            first += groups.get(group);
          }
          return null;
        });
  }

  private void read(
      ParquetFile table,
      int group,
      ParquetColumn column,
      int file,
      int first,
      Wanted wanted,
      EncodedTaker taker)
      throws IOException {
    table.values(
        group,
        column,
        row -> wanted.positions(first + row) != null,
        (row, cells) -> {
          String name = name(tables.start(file) + first + row);
          byte[] bytes = cells.getBinary().getBytes();
          wanted.positions(first + row).forEach(position -> taker.take(position, name, bytes));
        });
  }

  /** The requested rows of a file, each with its positions in the whole request. */
  private static final class Wanted {
    private final TreeMap<Integer, List<Integer>> positions = new TreeMap<>();

    void add(int row, int position) {
      positions.computeIfAbsent(row, r -> new ArrayList<>()).add(position);
    }

    boolean anyIn(int first, int rows) {
      Integer next = positions.ceilingKey(first);
      return next != null && next < first + rows;
    }

    List<Integer> positions(int row) {
      return positions.get(row);
    }
  }
}
