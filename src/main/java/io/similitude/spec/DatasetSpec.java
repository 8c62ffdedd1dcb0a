package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import io.similitude.spec.key.Keyword;
import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The examples that every checkpoint is shown.
 *
 * @param format how the files are written
 * @param source where they are, of the kind that the format is read from
 * @param skip how many are left out, the first ones of the order
 * @param examples how many are taken, those that follow in the order; absent: all
 * @param order the order in which they are taken
 * @param transforms from stored image to network input, in order
 * @param unchecked checks that are left out
 */
public record DatasetSpec(
    DatasetFormat format,
    DatasetSource source,
    int skip,
    OptionalInt examples,
    ExampleOrder order,
    List<TransformSpec> transforms,
    Set<Check> unchecked)
    implements Serializable {
  /** A check of the examples that a spec may switch off. */
  public enum Check implements Keyword {
    /** Pixels that networks are shown are in [0, 1]. */
    PIXELS,
    /** Labels are classes of each network. */
    LABELS
  }

  public DatasetSpec {
    if (skip < 0) {
      throw new IllegalArgumentException("Invalid skip: " + skip + " (must be at least 0)");
    }
    requireNonNull(format, "format");
    requireNonNull(source, "source");
    requireNonNull(order, "order");
    transforms = List.copyOf(transforms);
    unchecked = Set.copyOf(unchecked);
    if (!format.isReadFrom(source)) {
      throw new IllegalArgumentException(
          "Invalid source: %s (must be one that %s is read from)"
              .formatted(source, format.keyword()));
    }
    if (format == DatasetFormat.IDX && ((DatasetSource.Arrays) source).labels().isEmpty()) {
      throw new IllegalArgumentException("Invalid labels: none (idx needs a file of labels)");
    }
    if (examples.isPresent() && examples.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "Invalid examples: " + examples.getAsInt() + " (must be at least 1)");
    }
  }

  /** From the first example on, with all checks. */
  public DatasetSpec(
      DatasetFormat format,
      DatasetSource source,
      OptionalInt examples,
      ExampleOrder order,
      List<TransformSpec> transforms) {
    this(format, source, 0, examples, order, transforms, Set.of());
  }

  /** Whether a check is made. */
  public boolean checks(Check check) {
    return !unchecked.contains(check);
  }

  /** The most examples that it can have. */
  int mostExamples() {
    return examples.orElse(Integer.MAX_VALUE);
  }

  private Object writeReplace() {
    return new Serialized(
        format,
        source,
        skip,
        examples.isPresent() ? examples.getAsInt() : null,
        order,
        transforms,
        unchecked);
  }

  /** The same with null for what is absent: an OptionalInt is not serializable. */
  private record Serialized(
      DatasetFormat format,
      DatasetSource source,
      int skip,
      Integer examples,
      ExampleOrder order,
      List<TransformSpec> transforms,
      Set<Check> unchecked)
      implements Serializable {
    private Object readResolve() {
      return new DatasetSpec(
          format,
          source,
          skip,
          examples == null ? OptionalInt.empty() : OptionalInt.of(examples),
          order,
          transforms,
          unchecked);
    }
  }
}
