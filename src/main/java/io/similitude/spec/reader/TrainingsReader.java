package io.similitude.spec.reader;

import io.similitude.spec.TrainingSpec;
import io.similitude.spec.reader.Tree.Field;
import io.similitude.spec.reader.Tree.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code training:}, recipes by name, each of which may extend another. */
final class TrainingsReader {
  private static final String EXTENDS = "extends";

  private final RecipeReader reader;
  private final Map<String, SpecValue> named = new LinkedHashMap<>();

  TrainingsReader(RecipeReader reader) {
    this.reader = reader;
  }

  Map<String, TrainingSpec> read(SpecValue training) {
    training.section("the spec").map(Section::named).ifPresent(named::putAll);
    if (training.isPresent() && named.isEmpty()) {
      training.refuse("must name a recipe");
    }
    Map<String, TrainingSpec> read = new LinkedHashMap<>();
    named.forEach((name, value) -> read(name, value).ifPresent(it -> read.put(name, it)));
    return read;
  }

  /** The names in the spec, even if the recipes have problems. */
  Set<String> names() {
    return named.keySet();
  }

  private Optional<TrainingSpec> read(String name, SpecValue value) {
    SpecValue recipe = value.named("recipe " + name);
    return recipe
        .section("every recipe")
        .flatMap(
            section -> {
              section.optional(EXTENDS).nameOf(named.keySet());
              return whole(recipe, List.of(name));
            })
        .flatMap(fields -> recipe.of(fields).section("every recipe"))
        .flatMap(section -> reader.read(name, section));
  }

  /** The fields of a recipe, added to those of the recipe that it extends. */
  private Optional<Fields> whole(SpecValue recipe, List<String> chain) {
    Fields own = recipe.mapping().orElseThrow();
    Field parent = own.fields().get(EXTENDS);
    if (parent == null) {
      return Optional.of(own);
    }
    SpecValue extended = recipe.of(parent.value()).named(EXTENDS);
    Optional<String> name = extended.nameOf(named.keySet());
    if (name.filter(chain::contains).isPresent()) {
      extended.refuse(
          "a recipe must not extend itself: " + String.join(" extends ", with(chain, name)));
      return Optional.empty();
    }
    return name.map(named::get)
        .filter(value -> value.mapping().isPresent())
        .flatMap(value -> whole(value, with(chain, name)))
        .map(base -> merged(base, own));
  }

  private static List<String> with(List<String> chain, Optional<String> name) {
    List<String> longer = new ArrayList<>(chain);
    name.ifPresent(longer::add);
    return longer;
  }

  private static Fields merged(Fields base, Fields own) {
    Map<String, Field> fields = new LinkedHashMap<>(base.fields());
    fields.putAll(own.fields());
    fields.remove(EXTENDS);
    return new Fields(own.place(), fields);
  }
}
