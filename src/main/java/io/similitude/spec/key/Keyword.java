package io.similitude.spec.key;

import java.util.Locale;

/** A mode of the spec: an enum constant whose {@linkplain #keyword() word} users write and read. */
public interface Keyword {
  /** The name of the enum constant. */
  String name();

  /** The word in specs and tables: the constant's name in lower case, hyphens between its parts. */
  default String keyword() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
