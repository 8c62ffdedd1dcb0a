package io.similitude.spec.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.similitude.input.InvalidSpecException;
import io.similitude.spec.NetworkSpec;
import io.similitude.spec.SweepSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Specs to start from, read as if they lay in /specs. */
public final class Specs {
  static final Map<String, Set<String>> ARCHITECTURES =
      Map.of(
          "wide-resnet", Set.of("depth", "width", "classes", "dropout", "norm"),
          "resnet-18", Set.of("classes"));

  static final Map<String, Set<String>> ATTACKS =
      Map.of(
          "pgd-linf", Set.of("epsilon", "step-size", "steps", "random-start"),
          "uniform-noise", Set.of("epsilon"));

  public static final String MINIMAL =
      """
      sweep: small
      dataset: {format: idx, images: x.gz, labels: y.gz}
      batch: 8
      networks:
        net: {architecture: wide-resnet, depth: 10}
      checkpoints:
        - {id: one, network: net, weights: one.pth}
      """;

  /** What every glob matches. */
  static final List<String> FILES =
      List.of("/runs/epoch_10.pth.tar", "/runs/epoch_2.pth.tar", "/runs/last.safetensors");

  private Specs() {}

  /** The minimal spec with another data set. */
  public static String ofDataset(String dataset) {
    return MINIMAL.replace("{format: idx, images: x.gz, labels: y.gz}", dataset);
  }

  /** The parameters of a network of a built-in architecture. */
  static Map<String, Object> parameters(NetworkSpec network) {
    return ((NetworkSpec.BuiltIn) network).parameters();
  }

  static List<String> glob(String pattern) {
    return pattern.contains("*") ? FILES : List.of();
  }

  public static SweepSpec read(String yaml, String... overrides) {
    return new SweepReader(ARCHITECTURES, ATTACKS, Specs::glob)
        .read("/specs/sweep.yaml", yaml, List.of(overrides));
  }

  /** The problems of a spec; as if the spec were called s.yaml, which keeps them short. */
  public static List<String> problems(String yaml, String... overrides) {
    SweepReader reader = new SweepReader(ARCHITECTURES, ATTACKS, Specs::glob);
    return catchThrowableOfType(
            InvalidSpecException.class, () -> reader.read("s.yaml", yaml, List.of(overrides)))
        .problems();
  }

  /** The same of the minimal spec with something else in place of what it has. */
  static List<String> problemsOfChange(String from, String to) {
    assertThat(MINIMAL).contains(from);
    return problems(MINIMAL.replace(from, to));
  }

  /** The same of the minimal spec with a line more, the eighth. */
  static List<String> problemsOfLine(String line) {
    return problems(MINIMAL + line);
  }

  /** What arrives of a value that travels. */
  public static Object copy(Object value) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
