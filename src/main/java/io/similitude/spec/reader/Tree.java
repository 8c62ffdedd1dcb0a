package io.similitude.spec.reader;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A YAML document as a value: the text and its place. */
sealed interface Tree {
  /** The most characters of a value that a message quotes. */
  int LONGEST_SHOWN = 80;

  Place place();

  /** The text for this value in messages. */
  String shown();

  default boolean isNothing() {
    return false;
  }

  /** The user's text in a message: one line of limited length. */
  static String oneLine(String text) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "...";
  }

  /** One value. {@code plain} is true if it was written without quotes. */
  record Scalar(Place place, String text, boolean plain) implements Tree {
    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

    @Override
    public boolean isNothing() {
      return plain && NOTHING.contains(text);
    }

    @Override
    public String shown() {
      return isNothing() ? "nothing" : plain ? oneLine(text) : '"' + oneLine(text) + '"';
    }
  }

  /** A list. */
  record Items(Place place, List<Tree> items) implements Tree {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String shown() {
      return items.isEmpty() ? "an empty list" : "a list";
    }
  }

  /** A mapping, in the order in which it was written. */
  record Fields(Place place, Map<String, Field> fields) implements Tree {
    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    @Override
    public String shown() {
      return fields.isEmpty() ? "an empty mapping" : "a mapping";
    }
  }

  /** A key's place, and its value. */
  record Field(Place key, Tree value) {}
}
