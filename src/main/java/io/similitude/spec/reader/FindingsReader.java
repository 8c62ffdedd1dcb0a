package io.similitude.spec.reader;

import io.similitude.spec.FindingsSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code findings:}. If it is absent, all findings that the tables allow are wanted. An empty
 * list means none.
 */
final class FindingsReader {
  private static final String NO_BLOCK = "none";

  private final Locations locations;

  FindingsReader(Locations locations) {
    this.locations = locations;
  }

  Optional<FindingsSpec> read(SpecValue findings) {
    if (!findings.isPresent()) {
      return Optional.of(FindingsSpec.ALL);
    }
    if (findings.isList()) {
      if (!findings.items().isEmpty()) {
        findings.refuse("must be a mapping, or [] for none");
      }
      return Optional.of(FindingsSpec.NONE);
    }
    return findings.section("findings").flatMap(this::read);
  }

  private Optional<FindingsSpec> read(Section section) {
    List<String> groups = texts(section.optional("groups"));
    Optional<String> unit = section.optional("unit").text();
    Optional<String> block = section.optional("block").text();
    Map<String, String> baseline = baseline(section.optional("baseline"));
    SpecValue order = section.optional("order");
    List<String> ordered = texts(order);
    Optional<String> train = train(section.optional("overfitting"));
    Optional<FindingsSpec.Blocks> blocks =
        section.optional("blocks").section("blocks").flatMap(FindingsReader::blocks);
    Optional<Integer> permutations = section.optional("permutations").atLeast(1);
    Optional<Boolean> correspondence = section.optional("correspondence").flag();
    Optional<Boolean> grams = section.optional("grams").flag();
    return section.build(
        () ->
            new FindingsSpec(
                true,
                groups,
                unit.orElse(FindingsSpec.USUAL_UNIT),
                Optional.of(block.orElse(FindingsSpec.USUAL_BLOCK))
                    .filter(it -> !it.equals(NO_BLOCK)),
                baseline,
                order.isPresent() ? ordered : FindingsSpec.USUAL_ORDER,
                train,
                blocks.orElse(FindingsSpec.Blocks.USUAL),
                permutations.orElse(FindingsSpec.USUAL_PERMUTATIONS),
                correspondence,
                grams));
  }

  private static List<String> texts(SpecValue list) {
    return list.items().stream().flatMap(item -> item.text().stream()).toList();
  }

  private static Map<String, String> baseline(SpecValue value) {
    Map<String, String> baseline = new LinkedHashMap<>();
    value
        .section("baseline")
        .ifPresent(
            tags ->
                tags.named()
                    .forEach(
                        (tag, named) -> named.text().ifPresent(text -> baseline.put(tag, text))));
    return baseline;
  }

  private Optional<String> train(SpecValue overfitting) {
    return overfitting
        .section("overfitting")
        .flatMap(
            section -> {
              Optional<String> train = section.required("train").location(locations);
              return section.build(train::orElseThrow);
            });
  }

  private static Optional<FindingsSpec.Blocks> blocks(Section section) {
    FindingsSpec.Blocks usual = FindingsSpec.Blocks.USUAL;
    Optional<Double> tau = share(section.optional("tau"));
    Optional<Double> contrast = share(section.optional("contrast"));
    Optional<Integer> least = section.optional("least").atLeast(1);
    return section.build(
        () ->
            new FindingsSpec.Blocks(
                tau.orElse(usual.tau()),
                contrast.orElse(usual.contrast()),
                least.orElse(usual.least())));
  }

  private static Optional<Double> share(SpecValue value) {
    return value.number("a number between 0 and 1", it -> it > 0 && it < 1);
  }
}
