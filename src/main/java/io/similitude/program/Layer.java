package io.similitude.program;

import io.similitude.files.Fingerprint;
import io.similitude.spec.key.Fingerprinted;
import java.util.List;

/**
 * A module call whose value can be tapped.
 *
 * @param index the index of the call among all calls of a forward pass, from 0, in the order in
 *     which they return
 * @param name the module's name as in PyTorch's {@code named_modules()}; {@code #1}, {@code #2} ...
 *     appended from its second call on
 * @param type the module's class: {@code Conv2d}
 * @param shape of the value for one example, without the batch dimension
 * @param axis the dimension that holds the features; without space or tokens it is the only
 *     dimension
 */
public record Layer(int index, String name, String type, List<Integer> shape, FeatureAxis axis)
    implements Fingerprinted {
  public Layer {
    shape = List.copyOf(shape);
    axis = shape.size() < 2 ? FeatureAxis.FIRST : axis;
  }

  /** A layer whose dimension of features is unknown. */
  public Layer(int index, String name, String type, List<Integer> shape) {
    this(index, name, type, shape, FeatureAxis.UNKNOWN);
  }

  Layer withAxis(FeatureAxis known) {
    return new Layer(index, name, type, shape, known);
  }

  @Override
  public String fingerprint() {
    return new Fingerprint()
        .with("index", index)
        .with("name", name)
        .with("type", type)
        .with("shape", shape.stream().mapToLong(Integer::longValue).toArray())
        .hex();
  }

  /** The number of values for one example. */
  public long features() {
    return Value.elements(shape);
  }

  /** The number of means over space or tokens; 0 if the dimension of the features is unknown. */
  public long pooledFeatures() {
    return axis.features(shape);
  }

  /** The {@link FeatureAxis#dimension} of its features, as the program's source writes it. */
  public String featureDimension() {
    return Integer.toString(axis.dimension(shape));
  }

  /** Whether its features can be pooled. */
  public boolean canBePooled() {
    return axis != FeatureAxis.UNKNOWN;
  }
}
