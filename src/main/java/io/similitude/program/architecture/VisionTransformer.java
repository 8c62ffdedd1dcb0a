package io.similitude.program.architecture;

import io.similitude.dataset.image.ImageShape;
import io.similitude.program.FeatureAxis;
import io.similitude.program.Program;
import io.similitude.program.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The vision transformers (Dosovitskiy et al. 2021, arXiv 2010.11929) as in torchvision. The tokens
 * are a class token and then square patches. The last value of the class token is classified. A
 * module that returns a tuple is not a layer, so {@code self_attention} is not a layer.
 */
final class VisionTransformer implements Architecture {
  private static final String ENCODER = "encoder";

  private final Size size;

  private VisionTransformer(Size size) {
    this.size = size;
  }

  /** The default sizes of a network. */
  private record Size(String name, int patch, int depth, int heads, int width, int hidden) {}

  static List<Architecture> family() {
    return List.of(
        new VisionTransformer(new Size("vit-b-16", 16, 12, 12, 768, 3072)),
        new VisionTransformer(new Size("vit-b-32", 32, 12, 12, 768, 3072)),
        new VisionTransformer(new Size("vit-l-16", 16, 24, 16, 1024, 4096)),
        new VisionTransformer(new Size("vit-l-32", 32, 24, 16, 1024, 4096)),
        new VisionTransformer(new Size("vit-h-14", 14, 32, 16, 1280, 5120)));
  }

  @Override
  public String name() {
    return size.name();
  }

  @Override
  public Initialization initialization() {
    return Initialization.TORCHVISION_VIT;
  }

  @Override
  public Set<String> parameters() {
    return new LinkedHashSet<>(List.of("patch", "depth", "heads", "width", "hidden", "classes"));
  }

  @Override
  public Program describe(Parameters parameters, ImageShape input) {
    int patch = parameters.count("patch", size.patch());
    int heads = parameters.count("heads", size.heads());
    int width = parameters.count("width", size.width());
    if (width % heads != 0) {
      throw parameters.invalid("width", "a multiple of the heads, " + heads);
    }
    if (input.height() != input.width() || input.height() % patch != 0) {
      throw parameters.invalidInput(
          input,
          "a %s wants squares whose sides are multiples of %d pixels (transform: [{resize: ...}])"
              .formatted(name(), patch));
    }
    ProgramBuilder network = parameters.network(input);
    Block block =
        new Block(
            network,
            new Attention(network.description(), heads, width),
            parameters.count("hidden", size.hidden()));
    Value x = tokens(network, patch, width);
    x = network.module(ENCODER + ".dropout", "Dropout", x);
    for (int i = 0; i < parameters.count("depth", size.depth()); i++) {
      x = block.apply(x, ENCODER + ".layers.encoder_layer_" + i);
    }
    network.module(ENCODER + ".layers", "Sequential", x);
    x = network.layerNorm(ENCODER + ".ln", "LayerNorm", x);
    network.module(ENCODER, "Encoder", x);
    x = network.description().view("torch.select({0}, 1, 0)", x, List.of(width), FeatureAxis.FIRST);
    x = network.linear("heads.head", x, parameters.count("classes"));
    return network.build(network.module("heads", "Sequential", x));
  }

  /** The class token and the patches, with the position of each. */
  private static Value tokens(ProgramBuilder network, int patch, int width) {
    Description description = network.description();
    String token = description.parameter("class_token", 1, 1, width);
    Convolution patches = new Convolution(width, patch, patch, 0).withBias();
    Value x = network.conv2d("conv_proj", network.input(), patches);
    int count = x.height() * x.width();
    x =
        description.view(
            "torch.transpose(torch.flatten({0}, 2), 1, 2)",
            x, List.of(count, width), FeatureAxis.LAST);
    String positions = description.parameter(ENCODER + ".pos_embedding", 1, count + 1, width);
    x =
        description.value(
            "torch.cat([torch.expand(self.%s, [torch.size({0}, 0), -1, -1]), {0}], 1)"
                .formatted(token),
            x,
            List.of(count + 1, width),
            0);
    return description.elementwise(
        "torch.add({0}, self." + positions + ")", "torch.add_({0}, self." + positions + ")", x);
  }

  /** A block of the encoder: attention, then a perceptron, with a shortcut around each. */
  private record Block(ProgramBuilder network, Attention attention, int hidden) {
    Value apply(Value x, String name) {
      Value out = network.layerNorm(name + ".ln_1", "LayerNorm", x);
      out = attention.apply(out, name + ".self_attention");
      out = network.add(network.module(name + ".dropout", "Dropout", out), x);
      Value mixed = network.layerNorm(name + ".ln_2", "LayerNorm", out);
      mixed = perceptron(mixed, name + ".mlp", attention.width());
      return network.module(name, "EncoderBlock", network.add(mixed, out));
    }

    private Value perceptron(Value x, String name, int width) {
      Value out = network.linear(name + ".0", x, hidden);
      out = network.activation(name + ".1", Activation.GELU, out);
      out = network.module(name + ".2", "Dropout", out);
      out = network.linear(name + ".3", out, width);
      out = network.module(name + ".4", "Dropout", out);
      return network.module(name, "MLPBlock", out);
    }
  }
}
