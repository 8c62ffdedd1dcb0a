package io.similitude.program.architecture;

import static java.util.stream.Collectors.joining;

import io.similitude.dataset.image.ImageShape;
import io.similitude.input.InputException;
import io.similitude.program.InputNormalization;
import io.similitude.spec.NetworkSpec;
import java.util.List;
import java.util.Locale;

/**
 * The parameters of a network of a built-in architecture in a spec. They are checked when they are
 * read.
 */
final class Parameters {
  /** The largest number. No network is that wide, and larger numbers would overflow its sizes. */
  private static final int MOST = 1 << 20;

  private final NetworkSpec.BuiltIn spec;

  Parameters(NetworkSpec.BuiltIn spec) {
    this.spec = spec;
  }

  /** A whole number that must be given. */
  int count(String name) {
    Object value = spec.parameters().get(name);
    if (!(value instanceof Integer number) || number < 1) {
      throw invalid(name, "a whole number of at least 1");
    }
    if (number > MOST) {
      throw invalid(name, "at most " + MOST);
    }
    return number;
  }

  int count(String name, int absent) {
    return spec.parameters().containsKey(name) ? count(name) : absent;
  }

  /** A number above 0. */
  double number(String name, double absent) {
    Object value = spec.parameters().getOrDefault(name, absent);
    if (value instanceof Number number
        && number.doubleValue() > 0
        && number.doubleValue() <= MOST) {
      return number.doubleValue();
    }
    throw invalid(name, "a number above 0");
  }

  boolean flag(String name, boolean absent) {
    Object value = spec.parameters().getOrDefault(name, absent);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw invalid(name, "true or false");
  }

  /** The constant with this name, in lower or upper case. */
  <E extends Enum<E>> E choice(String name, E absent) {
    return choice(name, absent, List.of(absent.getDeclaringClass().getEnumConstants()));
  }

  /** The same, for some of the constants only. */
  <E extends Enum<E>> E choice(String name, E absent, List<E> among) {
    String value = spec.parameters().getOrDefault(name, absent).toString();
    return among.stream()
        .filter(constant -> word(constant).equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(
            () -> invalid(name, among.stream().map(Parameters::word).collect(joining(" or "))));
  }

  /** Starts a description for images of a shape, with the normalisation of the spec. */
  ProgramBuilder network(ImageShape input) {
    return new ProgramBuilder(input, InputNormalization.of(spec, input));
  }

  /** The same, for an architecture that needs images of one size. */
  ProgramBuilder network(ImageShape input, int side) {
    if (input.height() != side || input.width() != side) {
      throw invalidInput(
          input,
          "a %1$s wants %2$d x %2$d pixels (transform: [{pad: ...}] or [{resize: %2$d}])"
              .formatted(spec.architecture(), side));
    }
    return network(input);
  }

  /** Checks the images for an architecture that needs at least this number of pixels. */
  void requireSides(ImageShape input, int smallest) {
    if (input.height() < smallest || input.width() < smallest) {
      throw invalidInput(
          input,
          "a %1$s wants at least %2$d x %2$d pixels (transform: [{pad: ...}] or [{resize: %2$d}])"
              .formatted(spec.architecture(), smallest));
    }
  }

  InputException invalid(String name, String rule) {
    Object value = spec.parameters().get(name);
    return new InputException(
        "Invalid %s of network %s: %s (must be %s)"
            .formatted(name, spec.name(), value == null ? "nothing" : value, rule));
  }

  InputException invalidInput(Object shape, String rule) {
    return new InputException(
        "Cannot show images of %s to network %s: %s".formatted(shape, spec.name(), rule));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
