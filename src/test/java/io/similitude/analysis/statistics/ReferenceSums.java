package io.similitude.analysis.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * HSIC sums of each group of examples, groups x sites x sites, and what numpy made of them. The
 * scripts lie beside the data.
 */
public final class ReferenceSums {
  private static final int MAGIC = 8;

  private final double[][][] sums;
  private final List<String[]> sites;

  private ReferenceSums(double[][][] sums, List<String[]> sites) {
    this.sums = sums;
    this.sites = sites;
  }

  public static ReferenceSums read(String name) {
    Map<String, ByteBuffer> arrays = new HashMap<>();
    try (InputStream in = resource(name);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        arrays.put(entry.getName(), ByteBuffer.wrap(zip.readAllBytes()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String[]> sites = sites(arrays.get("sites.npy"));
    ByteBuffer numbers = data(arrays.get("h.npy"));
    int n = numbers.remaining() / Double.BYTES;
    int side = name.equals("synthetic.npz") ? (int) Math.sqrt(n / sites.size()) : sites.size();
    double[][][] sums = new double[n / side / side][side][side];
    for (double[][] matrix : sums) {
      for (double[] row : matrix) {
        Arrays.setAll(row, j -> numbers.getDouble());
      }
    }
    return new ReferenceSums(sums, sites);
  }

  public static JsonNode json(String name) {
    try (InputStream in = resource(name)) {
      // Python writes NaN where there is no number.
      return new ObjectMapper()
          .readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("NaN", "null"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static double[][] matrix(JsonNode rows) {
    return IntStream.range(0, rows.size())
        .mapToObj(i -> numbers(rows.get(i)))
        .toArray(double[][]::new);
  }

  public static double[] numbers(JsonNode array) {
    return IntStream.range(0, array.size()).mapToDouble(i -> array.get(i).asDouble()).toArray();
  }

  public List<String> names() {
    return sites.stream().map(it -> String.join("/", it)).toList();
  }

  public double[][] matrix(int at) {
    return sums[at];
  }

  public int groups() {
    return sums.length;
  }

  public List<String> checkpoints() {
    return sites.stream().map(it -> it[0]).distinct().toList();
  }

  public List<String> layers(String checkpoint, String view) {
    return Arrays.stream(sites(checkpoint, view)).mapToObj(i -> sites.get(i)[2]).toList();
  }

  public int[] sites(String checkpoint, String view) {
    return IntStream.range(0, sites.size())
        .filter(i -> sites.get(i)[0].equals(checkpoint) && sites.get(i)[1].equals(view))
        .toArray();
  }

  public ReplicatedMatrix cka(String checkpoint, String view, String other, String otherView) {
    int[] rows = sites(checkpoint, view);
    int[] columns = sites(other, otherView);
    return ReplicatedMatrix.of(
        cka(rows, columns, -1),
        IntStream.range(0, sums.length).mapToObj(g -> cka(rows, columns, g)).toList());
  }

  public ReplicatedMatrix square(String checkpoint, String view) {
    return cka(checkpoint, view, checkpoint, view);
  }

  private double[][] cka(int[] rows, int[] columns, int without) {
    double[][] cka = new double[rows.length][columns.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        double y = sum(rows[i], rows[i], without);
        double z = sum(columns[j], columns[j], without);
        cka[i][j] = sum(rows[i], columns[j], without) / (Math.sqrt(y) * Math.sqrt(z));
      }
    }
    return cka;
  }

  private double sum(int i, int j, int without) {
    double sum = 0;
    for (int g = 0; g < sums.length; g++) {
      sum += g == without ? 0 : sums[g][i][j];
    }
    return sum;
  }

  private static InputStream resource(String name) {
    return ReferenceSums.class.getResourceAsStream("/findings/" + name);
  }

  private static List<String[]> sites(ByteBuffer npy) {
    String header = header(npy);
    int width = Integer.parseInt(header.replaceAll("(?s).*'<U(\\d+)'.*", "$1"));
    ByteBuffer data = data(npy);
    List<String[]> sites = new ArrayList<>();
    while (data.hasRemaining()) {
      StringBuilder name = new StringBuilder();
      for (int i = 0; i < width; i++) {
        int character = data.getInt();
        if (character != 0) {
          name.appendCodePoint(character);
        }
      }
      sites.add(name.toString().split("/", -1));
    }
    return sites;
  }

  private static String header(ByteBuffer npy) {
    ByteBuffer little = npy.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int length = little.getShort(MAGIC);
    return new String(npy.array(), MAGIC + Short.BYTES, length, StandardCharsets.US_ASCII);
  }

  private static ByteBuffer data(ByteBuffer npy) {
    int start = MAGIC + Short.BYTES + header(npy).length();
    return npy.slice(start, npy.limit() - start).order(ByteOrder.LITTLE_ENDIAN);
  }
}
