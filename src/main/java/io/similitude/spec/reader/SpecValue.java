package io.similitude.spec.reader;

import io.similitude.input.Suggestions;
import io.similitude.spec.key.Ids;
import io.similitude.spec.key.Keyword;
import io.similitude.spec.key.Scalars;
import io.similitude.spec.reader.Tree.Fields;
import io.similitude.spec.reader.Tree.Items;
import io.similitude.spec.reader.Tree.Scalar;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A cursor on one value of a spec, which may be absent. Each method gives the value as the wanted
 * type. Empty means that it is absent, or that it has another type. The latter is reported as a
 * problem.
 */
final class SpecValue {
  private final String noun;
  private final Optional<Tree> tree;
  private final Problems problems;
  private final Shape shape;

  /**
   * A value. A key without a value counts as absent, because all lines under it may be commented
   * out.
   *
   * @param shape records the requests for this value
   */
  SpecValue(String noun, Optional<Tree> tree, Problems problems, Shape shape) {
    this.noun = noun;
    this.tree = tree.filter(written -> !written.isNothing());
    this.problems = problems;
    this.shape = shape;
  }

  boolean isPresent() {
    return tree.isPresent();
  }

  /** The mapping, if the value is one. */
  Optional<Fields> mapping() {
    return tree.filter(Fields.class::isInstance).map(Fields.class::cast);
  }

  /** Another value with the same name in messages. */
  SpecValue of(Tree other) {
    return new SpecValue(noun, Optional.of(other), problems, shape);
  }

  /** This value with another name in messages. */
  SpecValue named(String newNoun) {
    return new SpecValue(newNoun, tree, problems, shape);
  }

  /** The text as it is written, so that an id may be 007. */
  Optional<String> text() {
    return scalar(Ask.text(), scalar -> Optional.of(scalar.text()).filter(text -> !text.isBlank()));
  }

  /** A name that {@link Ids} allows. */
  Optional<String> id() {
    return scalar(Ask.id(), scalar -> Optional.of(scalar.text()).filter(Ids::isId));
  }

  /** A path or URI, made absolute. */
  Optional<String> location(Locations locations) {
    return scalar(
        Ask.location(),
        scalar -> Optional.of(scalar.text()).filter(t -> !t.isBlank()).flatMap(locations::resolve));
  }

  Optional<Long> whole() {
    return scalar(Ask.whole(), plain(Scalars::whole));
  }

  Optional<Integer> atLeast(int least) {
    return integer(Ask.atLeast(least), least, Integer.MAX_VALUE);
  }

  Optional<Integer> between(int least, int most) {
    return integer(Ask.between(least, most), least, most);
  }

  /** A number that a rule allows. NaN is not allowed. */
  Optional<Double> number(String mustBe, Predicate<Double> rule) {
    return scalar(Ask.number(mustBe, rule), plain(text -> Scalars.number(text).filter(rule)));
  }

  Optional<Boolean> flag() {
    return scalar(
        Ask.flag(),
        plain(
            text ->
                text.equals("true") || text.equals("false")
                    ? Optional.of(Boolean.valueOf(text))
                    : Optional.empty()));
  }

  /** An Integer, Double, Boolean or String. */
  Optional<Object> typed() {
    return scalar(
        Ask.typed(),
        scalar -> Optional.of(scalar.plain() ? Scalars.typed(scalar.text()) : scalar.text()));
  }

  /** The constant that has this word. */
  <E extends Enum<E> & Keyword> Optional<E> choice(Class<E> type) {
    Map<String, E> constants = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      constants.put(constant.keyword(), constant);
    }
    return oneOf(constants.keySet()).map(constants::get);
  }

  /** One of the known words, which are the same for every spec. */
  Optional<String> oneOf(Collection<String> known) {
    return known(Ask.word(known), known);
  }

  /** One of the names that this spec defines, such as those of its networks. */
  Optional<String> nameOf(Collection<String> known) {
    return known(Ask.name(known), known);
  }

  private Optional<String> known(Ask ask, Collection<String> known) {
    Optional<Scalar> scalar = scalar(ask, Optional::of);
    scalar
        .filter(word -> !known.contains(word.text()))
        .ifPresent(word -> refuse(Suggestions.nearestAndAll(word.text(), known)));
    return scalar.map(Scalar::text).filter(known::contains);
  }

  boolean isList() {
    return tree.filter(Items.class::isInstance).isPresent();
  }

  /** The items of a list. Each has the name of the list in messages. */
  List<SpecValue> items() {
    shape.item();
    if (tree.isPresent() && !(tree.get() instanceof Items)) {
      refuse("must be a list");
    }
    return tree.filter(Items.class::isInstance).map(Items.class::cast).stream()
        .flatMap(list -> list.items().stream())
        .map(this::item)
        .toList();
  }

  /** The items of a list that must not be empty. */
  List<SpecValue> someItems() {
    shape.needsItems();
    if (tree.isPresent() && tree.get() instanceof Items list && list.items().isEmpty()) {
      refuse("must have an item");
    }
    return items();
  }

  /** The items of a list that must not be empty. Any other value counts as a list of one item. */
  List<SpecValue> oneOrMore() {
    shape.needsItems();
    shape.item();
    if (tree.isPresent() && tree.get() instanceof Items) {
      return someItems();
    }
    return isPresent() ? List.of(this) : List.of();
  }

  boolean isMapping() {
    return tree.filter(Fields.class::isInstance).isPresent();
  }

  /** A mapping. {@code owner} is the thing that needs the mapping's keys, as messages name it. */
  Optional<Section> section(String owner) {
    shape.ask(Ask.mapping());
    if (tree.isPresent() && !(tree.get() instanceof Fields)) {
      refuse("must be a mapping");
    }
    return tree.filter(Fields.class::isInstance)
        .map(fields -> new Section(owner, (Fields) fields, problems, shape));
  }

  /** The place of the value, which must be present. */
  Place place() {
    return tree.orElseThrow().place();
  }

  /** Reports a problem of the value. An absent value is never reported. */
  void refuse(String why) {
    tree.ifPresent(
        wrong ->
            problems.add(
                wrong.place(), "Invalid " + noun + ": " + wrong.shown() + " (" + why + ")"));
  }

  private SpecValue item(Tree item) {
    if (item.isNothing()) {
      problems.add(item.place(), "Missing value: an item of " + noun + " (leave it out)");
    }
    return new SpecValue(noun, Optional.of(item), problems, shape.item());
  }

  private Optional<Integer> integer(Ask ask, int least, int most) {
    return scalar(
        ask,
        plain(
            text ->
                Scalars.whole(text)
                    .filter(value -> value >= least && value <= most)
                    .map(Long::intValue)));
  }

  private static <T> Function<Scalar, Optional<T>> plain(Function<String, Optional<T>> meaning) {
    return scalar -> scalar.plain() ? meaning.apply(scalar.text()) : Optional.empty();
  }

  private <T> Optional<T> scalar(Ask ask, Function<Scalar, Optional<T>> meaning) {
    shape.ask(ask);
    Optional<T> value =
        tree.filter(Scalar.class::isInstance).map(Scalar.class::cast).flatMap(meaning);
    if (value.isEmpty()) {
      refuse("must be " + ask.rule());
    }
    return value;
  }
}
