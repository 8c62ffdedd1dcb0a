package io.similitude.spec.reader;

import io.similitude.spec.DatasetSpec;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.key.Ids;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Reads {@code dataset:}, or {@code datasets:} with several by name. */
final class DatasetsReader {
  private final DatasetReader reader;
  private final Map<String, SpecValue> named = new LinkedHashMap<>();

  DatasetsReader(Locations locations) {
    this.reader = new DatasetReader(locations);
  }

  /**
   * The data sets by name.
   *
   * @param areNeeded whether there must be at least one
   */
  Map<String, DatasetSpec> read(Section spec, boolean areNeeded) {
    SpecValue several = spec.optional("datasets");
    SpecValue one =
        areNeeded && !several.isPresent() ? spec.required("dataset") : spec.optional("dataset");
    if (several.isPresent() && one.isPresent()) {
      one.refuse("must not be used together with datasets: name it there");
    }
    if (one.isPresent()) {
      named.put(SweepSpec.ONLY_DATASET, one);
    } else {
      several.section("the spec").map(it -> named(several, it)).ifPresent(named::putAll);
    }
    Map<String, DatasetSpec> read = new LinkedHashMap<>();
    named.forEach((name, value) -> reader.read(value).ifPresent(it -> read.put(name, it)));
    return read;
  }

  /** The names in the spec, even if the data sets have problems. */
  List<String> names() {
    return List.copyOf(named.keySet());
  }

  /** Checks that a batch can be filled with the examples of each data set that a view shows. */
  static void checkBatch(SpecValue batch, int size, Map<String, DatasetSpec> shown) {
    shown.forEach(
        (name, dataset) -> {
          OptionalInt examples = dataset.examples();
          if (examples.isPresent() && size > examples.getAsInt()) {
            String of = name.equals(SweepSpec.ONLY_DATASET) ? "" : " of data set " + name;
            batch.refuse(
                "must be at most the number of examples%s, %d".formatted(of, examples.getAsInt()));
          }
        });
  }

  private static Map<String, SpecValue> named(SpecValue several, Section section) {
    Map<String, SpecValue> named = section.named();
    if (named.isEmpty()) {
      several.refuse("must name a data set");
    }
    named.forEach(
        (name, value) -> {
          if (!Ids.isId(name)) {
            value.named("data set's name").refuse("must be " + Ids.RULE + ": " + name);
          }
        });
    return named;
  }
}
