package io.similitude.program.architecture;

import static java.util.stream.Collectors.toMap;

import io.similitude.dataset.image.ImageShape;
import io.similitude.input.InputException;
import io.similitude.program.Program;
import io.similitude.spec.NetworkSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The built-in architectures, by the names that a spec uses. */
public final class Architectures {
  private static final Map<String, Architecture> KNOWN =
      byName(
          List.of(
              WideResNet.family(),
              List.of(new DeepMindWideResNet()),
              ResNet.family(),
              List.of(new SmallResNet()),
              PreActResNet.family(),
              Vgg.family(),
              List.of(new MobileNetV2()),
              DenseNet.family(),
              ConvNeXt.family(),
              VisionTransformer.family()));

  private Architectures() {}

  /** The names of each architecture's parameters. */
  public static Map<String, Set<String>> parameters() {
    Map<String, Set<String>> parameters = new LinkedHashMap<>();
    KNOWN.forEach((name, architecture) -> parameters.put(name, architecture.parameters()));
    return parameters;
  }

  /**
   * The program of a built-in network for images of a shape.
   *
   * @throws InputException if there is no such network
   */
  public static Program program(NetworkSpec.BuiltIn network, ImageShape input) {
    return known(network).describe(new Parameters(network), input);
  }

  /**
   * The way in which a network's first weights are drawn.
   *
   * @throws InputException if there is no such network
   */
  public static Initialization initialization(NetworkSpec.BuiltIn network) {
    return known(network).initialization();
  }

  private static Architecture known(NetworkSpec.BuiltIn network) {
    Architecture architecture = KNOWN.get(network.architecture());
    if (architecture == null) {
      throw new InputException(
          "Invalid architecture: %s (known: %s)"
              .formatted(network.architecture(), String.join(", ", KNOWN.keySet())));
    }
    return architecture;
  }

  private static Map<String, Architecture> byName(List<List<Architecture>> families) {
    return families.stream()
        .flatMap(List::stream)
        .collect(
            toMap(
                Architecture::name,
                known -> known,
                (one, other) -> {
                  throw new IllegalStateException(one.name() + " is there twice");
                },
                LinkedHashMap::new));
  }
}
