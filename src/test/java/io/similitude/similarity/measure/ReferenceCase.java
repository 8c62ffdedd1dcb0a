package io.similitude.similarity.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A case of src/test/resources/metrics: two feature matrices and what NumPy made of them. */
public final class ReferenceCase {
  private static final Pattern SHAPE = Pattern.compile("'shape': \\((\\d+), (\\d+)\\)");

  private final double[][] x;
  private final double[][] y;
  private final JsonNode expected;
  private final JsonNode further;

  private ReferenceCase(double[][] x, double[][] y, JsonNode expected, JsonNode further) {
    this.x = x;
    this.y = y;
    this.expected = expected;
    this.further = further;
  }

  /** The names of all cases. */
  public static List<String> names() {
    return List.of(
        "small_dense",
        "independent",
        "dead_and_shared_units",
        "more_features_than_examples",
        "rotated_scaled_shifted",
        "wide_relu_large_mean");
  }

  public static ReferenceCase read(String name) {
    String folder = "/metrics/" + name + "/";
    try {
      return new ReferenceCase(
          matrix(bytes(folder + "x.npy")),
          matrix(bytes(folder + "y.npy")),
          new ObjectMapper().readTree(bytes(folder + "expected.json")),
          new ObjectMapper().readTree(bytes(folder + "further.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public double[][] x() {
    return x;
  }

  public double[][] y() {
    return y;
  }

  public int n() {
    return x.length;
  }

  public int batch() {
    return expected.get("batch").intValue();
  }

  public double expected(String key) {
    return (has(key) ? expected : further).get(key).doubleValue();
  }

  /** Whether the reference has a value; it leaves out what means nothing in a case. */
  public boolean has(String key) {
    return expected.has(key);
  }

  private static byte[] bytes(String resource) throws IOException {
    try (InputStream in = ReferenceCase.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    }
  }

  /** Version 1.0, little-endian float32, C order: what the reference files are. */
  private static double[][] matrix(byte[] npy) {
    ByteBuffer in = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
    int header = 10 + in.getShort(8);
    Matcher shape = SHAPE.matcher(new String(npy, 10, header - 10, StandardCharsets.US_ASCII));
    if (!shape.find()) {
      throw new IllegalStateException("no shape in the .npy header");
    }
    double[][] matrix =
        new double[Integer.parseInt(shape.group(1))][Integer.parseInt(shape.group(2))];
    in.position(header);
    for (double[] row : matrix) {
      for (int j = 0; j < row.length; j++) {
        row[j] = in.getFloat();
      }
    }
    return matrix;
  }
}
