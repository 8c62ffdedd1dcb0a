package io.similitude.analysis;

import java.util.List;
import java.util.Objects;

/** A few examples before and after the attack of a view, as one checkpoint sees them. */
public record ExampleStrip(CheckpointView shown, List<ShownExample> examples) {
  /** The number of examples that fit next to each other on a page. */
  public static final int MAX_EXAMPLES = 6;

  /** Twice the side of CIFAR's images, and a quarter of ImageNet's. */
  private static final int MAX_SIDE = 64;

  public ExampleStrip {
    Objects.requireNonNull(shown);
    examples = List.copyOf(examples);
    if (examples.isEmpty() || examples.size() > MAX_EXAMPLES) {
      throw new IllegalArgumentException(
          "Invalid strip of %s: %d examples (must be 1 to %d)"
              .formatted(shown, examples.size(), MAX_EXAMPLES));
    }
  }

  /** The strip with only every k-th pixel of large images, so that a page can hold many strips. */
  ExampleStrip thinned() {
    return new ExampleStrip(shown, examples.stream().map(it -> it.thinned(MAX_SIDE)).toList());
  }
}
