package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The examples that every checkpoint is shown.
 *
 * @param format how the files are written
 * @param source where they are, of the kind that the format is read from
 * @param examples how many are taken, the first ones of the order; absent: all
 * @param order the order in which they are taken
 * @param transforms from stored image to network input, in order
 * @param unchecked checks that are left out
 */
public record DatasetSpec(
    DatasetFormat format,
    DatasetSource source,
    OptionalInt examples,
    ExampleOrder order,
    List<TransformSpec> transforms,
    Set<DatasetCheck> unchecked)
    implements Serializable {
  public DatasetSpec {
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

  /** With all checks. */
  public DatasetSpec(
      DatasetFormat format,
      DatasetSource source,
      OptionalInt examples,
      ExampleOrder order,
      List<TransformSpec> transforms) {
    this(format, source, examples, order, transforms, Set.of());
  }

  /** Whether a check is made. */
  public boolean checks(DatasetCheck check) {
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
        examples.isPresent() ? examples.getAsInt() : null,
        order,
        transforms,
        unchecked);
  }

  /** The same with null for what is absent: an OptionalInt is not serializable. */
  private record Serialized(
      DatasetFormat format,
      DatasetSource source,
      Integer examples,
      ExampleOrder order,
      List<TransformSpec> transforms,
      Set<DatasetCheck> unchecked)
      implements Serializable {
    private Object readResolve() {
      return new DatasetSpec(
          format,
          source,
          examples == null ? OptionalInt.empty() : OptionalInt.of(examples),
          order,
          transforms,
          unchecked);
    }
  }
}
