package io.similitude.dataset.imported;

import java.util.List;

/**
 * A representation that was found, on the driver: what it is called and which examples it has.
 *
 * @param checkpoint what made it
 * @param view how the examples were shown
 * @param layer its name
 * @param type what stands for the type of a module
 * @param shape of one example's features
 * @param location of the file, for messages
 * @param examples those that it has rows of
 * @param digest of the files, or of what a listing says of them
 * @param source of the rows
 */
public record FoundFeatures(
    String checkpoint,
    String view,
    String layer,
    String type,
    List<Integer> shape,
    String location,
    ExampleIds examples,
    String digest,
    FeatureSource source) {
  public FoundFeatures {
    shape = List.copyOf(shape);
  }

  /** {@code checkpoint/view/layer}. */
  public String name() {
    return checkpoint + "/" + view + "/" + layer;
  }

  /** The number of features of one example. */
  public long features() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }
}
