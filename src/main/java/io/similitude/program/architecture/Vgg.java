package io.similitude.program.architecture;

import io.similitude.dataset.image.ImageShape;
import io.similitude.program.Program;
import io.similitude.program.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * VGG-11 to -19 (Simonyan and Zisserman 2015, arXiv 1409.1556, configurations A, B, D and E) with
 * and without batch normalisation, as in torchvision. For images of at least 32 x 32.
 */
final class Vgg implements Architecture {
  private static final int WIDTH = 64;

  /**
   * The widths of the five stages, in units of the first. A max pooling halves the sides after each
   * stage.
   */
  private static final List<Integer> WIDTHS = List.of(1, 2, 4, 8, 8);

  private static final int SMALLEST = 1 << WIDTHS.size();
  private static final int POOLED_SIDE = 7;
  private static final int HIDDEN = 4096;

  private final int depth;
  private final List<Integer> convolutions;
  private final boolean normalised;

  private Vgg(int depth, List<Integer> convolutions, boolean normalised) {
    this.depth = depth;
    this.convolutions = convolutions;
    this.normalised = normalised;
  }

  static List<Architecture> family() {
    List<Architecture> family = new ArrayList<>();
    for (boolean normalised : new boolean[] {false, true}) {
      family.add(new Vgg(11, List.of(1, 1, 2, 2, 2), normalised));
      family.add(new Vgg(13, List.of(2, 2, 2, 2, 2), normalised));
      family.add(new Vgg(16, List.of(2, 2, 3, 3, 3), normalised));
      family.add(new Vgg(19, List.of(2, 2, 4, 4, 4), normalised));
    }
    return family;
  }

  @Override
  public String name() {
    return "vgg-" + depth + (normalised ? "-bn" : "");
  }

  @Override
  public Initialization initialization() {
    return Initialization.TORCHVISION_VGG;
  }

  @Override
  public Set<String> parameters() {
    return new LinkedHashSet<>(List.of("width", "hidden", "classes"));
  }

  @Override
  public Program describe(Parameters parameters, ImageShape input) {
    parameters.requireSides(input, SMALLEST);
    ProgramBuilder network = parameters.network(input);
    Value x = features(network, parameters.count("width", WIDTH));
    x = network.pool("avgpool", Pooling.adaptiveAverage(POOLED_SIDE), x);
    int hidden = parameters.count("hidden", HIDDEN);
    return network.build(
        classifier(network, network.flatten(x), hidden, parameters.count("classes")));
  }

  private Value features(ProgramBuilder network, int width) {
    Value x = network.input();
    int index = 0;
    for (int stage = 0; stage < WIDTHS.size(); stage++) {
      for (int i = 0; i < convolutions.get(stage); i++) {
        x =
            network.conv2d(
                feature(index++),
                x,
                new Convolution(WIDTHS.get(stage) * width, 3, 1, 1).withBias());
        x = normalised ? network.batchNorm2d(feature(index++), x) : x;
        x = network.relu(feature(index++), x);
      }
      x = network.pool(feature(index++), Pooling.max(2, 2, 0), x);
    }
    return network.module("features", "Sequential", x);
  }

  private static String feature(int index) {
    return "features." + index;
  }

  private static Value classifier(ProgramBuilder network, Value x, int hidden, int classes) {
    Value out = network.relu("classifier.1", network.linear("classifier.0", x, hidden));
    // Dropout does nothing in evaluation mode.
    out = network.module("classifier.2", "Dropout", out);
    out = network.relu("classifier.4", network.linear("classifier.3", out, hidden));
    out = network.module("classifier.5", "Dropout", out);
    return network.module("classifier", "Sequential", network.linear("classifier.6", out, classes));
  }
}
