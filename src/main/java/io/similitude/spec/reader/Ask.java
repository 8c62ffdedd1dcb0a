package io.similitude.spec.reader;

import io.similitude.spec.key.Ids;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/**
 * The kind of value that a reader asks for.
 *
 * @param rule the text of a message after "must be"
 * @param words all allowed values; empty if they cannot be listed
 * @param samples values that the reader accepts, as they are written
 * @param least the least whole number
 * @param most the greatest whole number
 */
record Ask(
    Kind kind, String rule, List<String> words, List<String> samples, long least, long most) {
  private static final String SAMPLE = "x";

  enum Kind {
    WORD,
    NAME,
    TEXT,
    ID,
    LOCATION,
    WHOLE,
    NUMBER,
    FLAG,
    TYPED,
    MAPPING
  }

  Ask {
    words = List.copyOf(words);
    samples = List.copyOf(samples);
  }

  static Ask word(Collection<String> known) {
    List<String> words = List.copyOf(known);
    return new Ask(Kind.WORD, oneOf(known), words, words, 0, 0);
  }

  /** A name that is defined in the same spec. */
  static Ask name(Collection<String> known) {
    return new Ask(Kind.NAME, oneOf(known), List.of(), known.stream().limit(1).toList(), 0, 0);
  }

  static Ask text() {
    return of(Kind.TEXT, "text", SAMPLE);
  }

  static Ask id() {
    return of(Kind.ID, Ids.RULE, SAMPLE);
  }

  /** A location. Its samples have several file endings, because some keys depend on the ending. */
  static Ask location() {
    return of(Kind.LOCATION, "a path or a URI", SAMPLE, SAMPLE + ".npy");
  }

  static Ask whole() {
    return whole("a whole number of 64 bits", Long.MIN_VALUE, Long.MAX_VALUE, 1);
  }

  static Ask atLeast(int least) {
    return whole("a whole number, at least " + least, least, Integer.MAX_VALUE, least);
  }

  static Ask between(int least, int most) {
    return whole("a whole number between " + least + " and " + most, least, most, least);
  }

  static Ask number(String rule, Predicate<Double> admits) {
    return new Ask(
        Kind.NUMBER,
        rule,
        List.of(),
        DoubleStream.of(1, 0.5, 8, 0, -1)
            .boxed()
            .filter(admits)
            .limit(1)
            .map(String::valueOf)
            .toList(),
        0,
        0);
  }

  static Ask flag() {
    return of(Kind.FLAG, "true or false", "true");
  }

  static Ask typed() {
    return of(Kind.TYPED, "a number, a truth value or a word", "1");
  }

  static Ask mapping() {
    return of(Kind.MAPPING, "a mapping");
  }

  private static Ask of(Kind kind, String rule, String... samples) {
    return new Ask(kind, rule, List.of(), List.of(samples), 0, 0);
  }

  private static Ask whole(String rule, long least, long most, long sample) {
    return new Ask(Kind.WHOLE, rule, List.of(), List.of(String.valueOf(sample)), least, most);
  }

  private static String oneOf(Collection<String> known) {
    return "one of " + String.join(", ", known);
  }
}
