package io.similitude.program.architecture;

import io.similitude.dataset.image.ImageShape;
import io.similitude.program.Program;
import io.similitude.program.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * ResNet-18 to -152 (He et al. 2016, arXiv 1512.03385), with the stride of a bottleneck in its 3 x
 * 3 convolution. There are two forms of checkpoints.
 */
final class ResNet implements Architecture {
  private static final int WIDTH = 64;
  private static final int CIFAR_SIDE = 32;
  private static final int CIFAR_FINAL_SIDE = 4;

  private final Form form;
  private final ResidualStages stages;

  private ResNet(Form form, ResidualStages stages) {
    this.form = form;
    this.stages = stages;
  }

  /** The origin of the modules' names. */
  enum Form {
    /** The form of torchvision, for images of any size. */
    TORCHVISION("resnet-"),
    /**
     * The form of kuangliu/pytorch-cifar and RobustBench, for 32 x 32 images. Its stem has one 3 x
     * 3 convolution and no max pooling. Activations and pooling are functions, so they are not
     * layers.
     */
    CIFAR("cifar-resnet-");

    private final String prefix;

    Form(String prefix) {
      this.prefix = prefix;
    }
  }

  static List<Architecture> family() {
    List<Architecture> family = new ArrayList<>();
    for (Form form : Form.values()) {
      for (ResidualStages stages : ResidualStages.ALL) {
        family.add(new ResNet(form, stages));
      }
    }
    return family;
  }

  @Override
  public String name() {
    return form.prefix + stages.depth();
  }

  @Override
  public Initialization initialization() {
    return form == Form.TORCHVISION ? Initialization.TORCHVISION_RESNET : Initialization.PYTORCH;
  }

  @Override
  public Set<String> parameters() {
    return new LinkedHashSet<>(List.of("width", "classes"));
  }

  @Override
  public Program describe(Parameters parameters, ImageShape input) {
    int width = parameters.count("width", WIDTH);
    int classes = parameters.count("classes");
    return form == Form.CIFAR
        ? cifar(parameters.network(input, CIFAR_SIDE), width, classes)
        : torchvision(parameters.network(input), width, classes);
  }

  private Program torchvision(ProgramBuilder network, int width, int classes) {
    Value x = network.conv2d("conv1", network.input(), width, 7, 2, 3);
    x = network.relu("relu", network.batchNorm2d("bn1", x));
    x = stages(network, network.pool("maxpool", Pooling.max(3, 2, 1), x), width);
    x = network.pool("avgpool", Pooling.adaptiveAverage(1), x);
    return network.build(network.linear("fc", network.flatten(x), classes));
  }

  private Program cifar(ProgramBuilder network, int width, int classes) {
    Value x = network.conv2d("conv1", network.input(), width, 3, 1, 1);
    x = stages(network, network.relu(network.batchNorm2d("bn1", x)), width);
    x = network.pool(Pooling.average(CIFAR_FINAL_SIDE), x);
    return network.build(network.linear("linear", network.flatten(x), classes));
  }

  private Value stages(ProgramBuilder network, Value x, int width) {
    ResidualBlock block = new ResidualBlock(network, form, stages.bottleneck());
    Value out = x;
    for (int stage = 0; stage < stages.blocks().size(); stage++) {
      String name = "layer" + (stage + 1);
      for (int i = 0; i < stages.blocks().get(stage); i++) {
        int stride = stage > 0 && i == 0 ? 2 : 1;
        out = block.apply(out, name + "." + i, width << stage, stride);
      }
      out = network.module(name, "Sequential", out);
    }
    return out;
  }
}
