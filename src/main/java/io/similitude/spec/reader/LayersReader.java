package io.similitude.spec.reader;

import io.similitude.spec.Features;
import io.similitude.spec.LayersSpec;
import java.nio.file.FileSystems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.PatternSyntaxException;

/** Reads {@code layers:}. */
final class LayersReader {
  private LayersReader() {}

  static LayersSpec read(SpecValue layers) {
    return layers
        .section("the choice of layers")
        .flatMap(LayersReader::read)
        .orElse(LayersSpec.DEFAULT);
  }

  private static Optional<LayersSpec> read(Section layers) {
    SpecValue types = layers.optional("types");
    List<String> typeNames = texts(types.someItems());
    List<String> include = globs(layers.optional("include").items());
    List<String> exclude = globs(layers.optional("exclude").items());
    Optional<Double> fraction =
        layers
            .optional("fraction")
            .number("a number above 0 and at most 1, such as 0.3 or 1/3", LayersSpec::isFraction);
    Optional<Features> features = layers.optional("features").choice(Features.class);
    List<String> channelsFirst = globs(layers.optional("channels-first").items());
    List<String> channelsLast = globs(layers.optional("channels-last").items());
    return layers.build(
        () ->
            new LayersSpec(
                typeNames,
                include,
                exclude,
                fraction.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                features.orElse(Features.FULL),
                channelsFirst,
                channelsLast));
  }

  private static List<String> globs(List<SpecValue> items) {
    List<String> globs = new ArrayList<>();
    for (SpecValue item : items) {
      Optional<String> glob = item.text();
      if (glob.filter(LayersReader::isBroken).isPresent()) {
        item.refuse("must be a glob, such as block3.*, with its brackets closed");
      }
      glob.ifPresent(globs::add);
    }
    return globs;
  }

  private static boolean isBroken(String glob) {
    try {
      FileSystems.getDefault().getPathMatcher("glob:" + glob);
      return false;
    } catch (PatternSyntaxException e) {
      return true;
    }
  }

  private static List<String> texts(List<SpecValue> items) {
    return items.stream().flatMap(item -> item.text().stream()).toList();
  }
}
