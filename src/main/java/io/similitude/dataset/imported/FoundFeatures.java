package io.similitude.dataset.imported;

import java.util.List;

/**
 * A representation that was found, on the driver: its names and its examples.
 *
 * @param checkpoint the checkpoint that made it
 * @param view the view of the examples
 * @param layer the name of the layer
 * @param type the word in place of a module's type
 * @param shape of one example's features
 * @param location of the file, for messages
 * @param examples the examples that it has rows of
 * @param digest of the files, or of their listing
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
