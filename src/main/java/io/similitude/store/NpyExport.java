package io.similitude.store;

import io.similitude.dataset.npy.NpyArray;
import io.similitude.input.InputException;
import io.similitude.similarity.table.SimilarityRow;
import io.similitude.similarity.table.Site;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The similarities as a square matrix. Row i and column i belong to the same site. Sites are sorted
 * by checkpoint, view and position. A file next to the matrix names them.
 */
public final class NpyExport {
  private static final Comparator<Site> ORDER =
      Comparator.comparing(Site::checkpoint)
          .thenComparing(Site::view)
          .thenComparingInt(Site::position);

  private NpyExport() {}

  public static void write(Dataset<Row> rows, Path file) throws IOException {
    if (rows.select("metric", "kernel", "estimator", "bias", "parameters").distinct().count() > 1) {
      throw new InputException(
          "Cannot export several measures as one matrix: the run has more than one (use --format csv)");
    }
    Map<Site, Integer> sites = sites(rows);
    double[] matrix = new double[Math.multiplyExact(sites.size(), sites.size())];
    Arrays.fill(matrix, Double.NaN);
    for (Iterator<Row> i = rows.toLocalIterator(); i.hasNext(); ) {
      SimilarityRow row = SimilarityRows.decode(i.next(), Map.of());
      int a = sites.get(row.a());
      int b = sites.get(row.b());
      double value = row.similarity().value().orElse(Double.NaN);
      matrix[a * sites.size() + b] = value;
      if (Double.isNaN(matrix[b * sites.size() + a])) {
        // An asymmetric measure has a separate row for this direction.
        matrix[b * sites.size() + a] = value;
      }
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      NpyArray.of(matrix, sites.size(), sites.size()).write(out);
    }
    Files.writeString(beside(file), names(List.copyOf(sites.keySet())), StandardCharsets.UTF_8);
  }

  private static Map<Site, Integer> sites(Dataset<Row> rows) {
    TreeSet<Site> ordered = new TreeSet<>(ORDER);
    for (String side : List.of("a", "b")) {
      rows.select(side + "_checkpoint", side + "_view", side + "_layer", side + "_position")
          .distinct()
          .collectAsList()
          .forEach(
              row ->
                  ordered.add(
                      new Site(
                          row.getString(0), row.getString(1), row.getString(2), row.getInt(3))));
    }
    Map<Site, Integer> sites = new LinkedHashMap<>();
    ordered.forEach(site -> sites.put(site, sites.size()));
    return sites;
  }

  /** The file with the sites: {@code out.sites.csv} for {@code out.npy}. */
  private static Path beside(Path file) {
    String name = file.getFileName().toString();
    String stem = name.endsWith(".npy") ? name.substring(0, name.length() - 4) : name;
    return file.resolveSibling(stem + ".sites.csv");
  }

  private static String names(List<Site> sites) {
    StringBuilder names = new StringBuilder("index,checkpoint,view,layer,position\r\n");
    for (int i = 0; i < sites.size(); i++) {
      Site site = sites.get(i);
      names
          .append(i)
          .append(',')
          .append(site.checkpoint())
          .append(',')
          .append(site.view())
          .append(',')
          .append(site.layer())
          .append(',')
          .append(site.position())
          .append("\r\n");
    }
    return names.toString();
  }
}
