package io.similitude.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Determines which dimension holds the features of an exported network's layers.
 *
 * <p>Convolutions, batch normalisations and poolings have them in the first dimension after the
 * examples. Linear maps and layer normalisations have them in the last dimension. Any other module
 * inherits from the call before it. If a value has the same sizes as the one before it, the
 * features stay in the same dimension. If exactly one dimension has the size of the number of
 * features, they are in that dimension. If neither rule applies, the last layer of the same sizes
 * decides. The images have their channels first.
 */
public final class FeatureAxes {
  private static final Pattern FIRST =
      Pattern.compile(
          ".*Conv(?:Transpose)?[123]d.*|.*(?:BatchNorm|InstanceNorm|GroupNorm).*"
              + "|(?:Adaptive)?(?:Avg|Max|LP)Pool[123]d|.*LayerNorm2d"
              + "|_convolution|conv[123]d|batch_norm|group_norm|(?:adaptive_)?(?:avg|max)_pool[123]d");

  private static final Pattern LAST =
      Pattern.compile(".*(?:LayerNorm|RMSNorm|Linear)|Embedding|layer_norm|linear");

  /** Modules that exchange dimensions. */
  private static final Pattern PERMUTING =
      Pattern.compile("(?i).*(?:permute|transpose|rearrange|swapaxes).*");

  private final List<Layer> known = new ArrayList<>();

  private FeatureAxes(List<Integer> images) {
    known.add(new Layer(0, "", "", images, FeatureAxis.FIRST));
  }

  /**
   * The layers with the dimension of their features, if it can be determined.
   *
   * @param layers in the order in which they return
   * @param images the shape of one image
   */
  public static List<Layer> tell(List<Layer> layers, List<Integer> images) {
    FeatureAxes axes = new FeatureAxes(images);
    return layers.stream().map(axes::tell).toList();
  }

  private Layer tell(Layer layer) {
    Layer told = layer.withAxis(axis(layer));
    known.add(told);
    return told;
  }

  private FeatureAxis axis(Layer layer) {
    if (FIRST.matcher(layer.type()).matches()) {
      return FeatureAxis.FIRST;
    }
    if (LAST.matcher(layer.type()).matches()) {
      return FeatureAxis.LAST;
    }
    return inherited(known.get(known.size() - 1), layer)
        .or(() -> ofSameSizes(layer))
        .orElse(FeatureAxis.UNKNOWN);
  }

  private static Optional<FeatureAxis> inherited(Layer before, Layer layer) {
    if (!before.canBePooled()) {
      return Optional.empty();
    }
    boolean permuting = isPermuting(layer);
    boolean exchanged = isPermutation(before.shape(), layer.shape());
    if (!permuting && (before.shape().equals(layer.shape()) || !exchanged)) {
      if (keepsFeatures(before, layer) || keepsPlaces(before, layer)) {
        return Optional.of(before.axis());
      }
    }
    return onlyDimension(before.pooledFeatures(), layer.shape());
  }

  /**
   * Whether the number and the dimension of the features stay the same, as in a pooling or an
   * enlargement.
   */
  private static boolean keepsFeatures(Layer before, Layer layer) {
    return before.shape().size() == layer.shape().size()
        && before.axis().features(layer.shape()) == before.pooledFeatures();
  }

  /** Whether the positions stay the same with other features, as when values are concatenated. */
  private static boolean keepsPlaces(Layer before, Layer layer) {
    return before.shape().size() == layer.shape().size()
        && before.shape().size() > 1
        && places(before.axis(), before.shape()).equals(places(before.axis(), layer.shape()));
  }

  private static List<Integer> places(FeatureAxis axis, List<Integer> shape) {
    return axis == FeatureAxis.FIRST
        ? shape.subList(1, shape.size())
        : shape.subList(0, shape.size() - 1);
  }

  private static Optional<FeatureAxis> onlyDimension(long features, List<Integer> shape) {
    if (shape.stream().filter(size -> size == features).count() != 1) {
      return Optional.empty();
    }
    if (shape.get(0) == features) {
      return Optional.of(FeatureAxis.FIRST);
    }
    return shape.get(shape.size() - 1) == features
        ? Optional.of(FeatureAxis.LAST)
        : Optional.empty();
  }

  private Optional<FeatureAxis> ofSameSizes(Layer layer) {
    for (int i = known.size() - 1; i >= 0 && !isPermuting(layer); i--) {
      if (known.get(i).canBePooled() && known.get(i).shape().equals(layer.shape())) {
        return Optional.of(known.get(i).axis());
      }
    }
    return Optional.empty();
  }

  private static boolean isPermuting(Layer layer) {
    return PERMUTING.matcher(layer.type()).matches();
  }

  private static boolean isPermutation(List<Integer> a, List<Integer> b) {
    return a.stream().sorted().toList().equals(b.stream().sorted().toList());
  }
}
