package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The examples that every checkpoint is shown.
 *
 * @param format how the files are written
 * @param images location of the images
 * @param labels location of the labels; always there for {@link DatasetFormat#IDX}
 * @param examples how many are taken, the first ones of the order; absent: all
 * @param order the order in which they are taken
 * @param transforms from stored image to network input, in order
 */
public record DatasetSpec(
    DatasetFormat format,
    String images,
    Optional<String> labels,
    OptionalInt examples,
    ExampleOrder order,
    List<TransformSpec> transforms)
    implements Serializable {
  public DatasetSpec {
    requireNonNull(format, "format");
    requireNonNull(images, "images");
    requireNonNull(order, "order");
    transforms = List.copyOf(transforms);
    if (format == DatasetFormat.IDX && labels.isEmpty()) {
      throw new IllegalArgumentException("Invalid labels: none (idx needs a file of labels)");
    }
    if (examples.isPresent() && examples.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "Invalid examples: " + examples.getAsInt() + " (must be at least 1)");
    }
  }

  private Object writeReplace() {
    return new Serialized(
        format,
        images,
        labels.orElse(null),
        examples.isPresent() ? examples.getAsInt() : null,
        order,
        transforms);
  }

  /** The same with null for what is absent: an Optional is not serializable. */
  private record Serialized(
      DatasetFormat format,
      String images,
      String labels,
      Integer examples,
      ExampleOrder order,
      List<TransformSpec> transforms)
      implements Serializable {
    private Object readResolve() {
      return new DatasetSpec(
          format,
          images,
          Optional.ofNullable(labels),
          examples == null ? OptionalInt.empty() : OptionalInt.of(examples),
          order,
          transforms);
    }
  }
}
