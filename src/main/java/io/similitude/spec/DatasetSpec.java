package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import io.similitude.spec.key.Keyword;
import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The examples that every checkpoint gets.
 *
 * @param format the file format
 * @param source the location, of the kind that the format needs
 * @param skip the number of examples at the start of the order that are left out
 * @param examples the number of examples that are used after these; absent: all
 * @param order the order of the examples
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
    /** The pixels that networks get are in [0, 1]. */
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
          "Invalid source: %s (must be of the kind that %s is read from)"
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

  /** A data set from its first example, with all checks. */
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

  /** The largest number of examples that it can have. */
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

  /** The serialized form, with null for absent parts: an OptionalInt is not serializable. */
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
