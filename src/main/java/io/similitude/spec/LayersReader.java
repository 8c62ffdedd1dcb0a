package io.similitude.spec;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads {@code layers:}. */
final class LayersReader {
  private LayersReader() {}

  static LayersSpec read(Value layers) {
    return layers
        .section("the choice of layers")
        .flatMap(LayersReader::read)
        .orElse(LayersSpec.DEFAULT);
  }

  private static Optional<LayersSpec> read(Section layers) {
    Value types = layers.optional("types");
    List<String> typeNames = texts(types.someItems());
    List<String> include = texts(layers.optional("include").items());
    List<String> exclude = texts(layers.optional("exclude").items());
    Optional<Double> fraction =
        layers
            .optional("fraction")
            .number("a number above 0 and at most 1, such as 0.3 or 1/3", LayersSpec::isFraction);
    Optional<Features> features = layers.optional("features").choice(Features.class);
    return layers.build(
        () ->
            new LayersSpec(
                typeNames,
                include,
                exclude,
                fraction.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                features.orElse(Features.FULL)));
  }

  private static List<String> texts(List<Value> items) {
    return items.stream().flatMap(item -> item.text().stream()).toList();
  }
}
