package io.similitude.store;

import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.mllib.linalg.DenseMatrix;
import org.apache.spark.mllib.linalg.Matrix;
import org.apache.spark.mllib.linalg.distributed.BlockMatrix;
import org.apache.spark.mllib.linalg.distributed.CoordinateMatrix;
import org.apache.spark.mllib.linalg.distributed.MatrixEntry;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * The similarities of one symmetric measure as MLlib's distributed matrix: rows and columns are
 * sites in the given order. MLlib's own principal components, singular values and clusterings then
 * work on whole sweeps: {@code of(...).toIndexedRowMatrix().toRowMatrix()}.
 *
 * <p>R x R nowhere but in blocks. A pair without a value, or without a row, is 0 there.
 */
public final class SimilarityMatrix {
  private SimilarityMatrix() {}

  /**
   * The matrix of a table's rows; those of other sites are left out.
   *
   * @param rows of {@link Table#SIMILARITIES}, of one measure
   * @param sites what is a row and a column, in their order, each once
   * @param blockSites rows and columns of a block; 1,024 are MLlib's own choice
   */
  public static BlockMatrix of(Dataset<Row> rows, Collection<Site> sites, int blockSites) {
    Map<Site, Integer> places = new HashMap<>();
    sites.forEach(site -> places.put(site, places.size()));
    if (places.size() != sites.size() || sites.isEmpty()) {
      throw new IllegalArgumentException("Invalid sites: none, or one of them twice");
    }
    JavaRDD<MatrixEntry> entries =
        rows.toJavaRDD().flatMap(row -> entries(SimilarityRows.decode(row), places).iterator());
    return dense(
        new CoordinateMatrix(entries.rdd(), sites.size(), sites.size())
            .toBlockMatrix(blockSites, blockSites));
  }

  /**
   * The same in dense blocks: nearly every cell has a value, and MLlib 4.1.0 loses cells of sparse
   * blocks where it puts rows together (toIndexedRowMatrix).
   */
  private static BlockMatrix dense(BlockMatrix sparse) {
    JavaPairRDD<Tuple2<Object, Object>, Matrix> blocks =
        sparse.blocks().toJavaRDD().mapToPair(block -> new Tuple2<>(block._1(), dense(block._2())));
    return new BlockMatrix(
        blocks.rdd(),
        sparse.rowsPerBlock(),
        sparse.colsPerBlock(),
        sparse.numRows(),
        sparse.numCols());
  }

  private static Matrix dense(Matrix block) {
    return new DenseMatrix(block.numRows(), block.numCols(), block.toArray());
  }

  /** A pair stands in the table once, and in the matrix on both sides of the diagonal. */
  private static List<MatrixEntry> entries(SimilarityRow row, Map<Site, Integer> places) {
    Integer a = places.get(row.a());
    Integer b = places.get(row.b());
    if (a == null || b == null || row.similarity().value().isEmpty()) {
      return List.of();
    }
    double value = row.similarity().value().getAsDouble();
    return Stream.of(new MatrixEntry(a, b, value), new MatrixEntry(b, a, value))
        .limit(a.equals(b) ? 1 : 2)
        .toList();
  }
}
