package io.similitude.program;

import static java.util.stream.Collectors.joining;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.script.Archive;
import io.similitude.checkpoint.script.Attribute;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.files.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A network as a TorchScript program for training. Each of its methods is one step on one batch,
 * including the attack. Weights, running statistics and momenta are tensors of the program, so they
 * are its whole state.
 *
 * <p>A step's method takes the images (float32, N x channels x height x width), the labels (int64),
 * the start of the attack (shape and type of the images; not for {@link #STANDARD}), and the {@link
 * StepSetting settings}. It returns the loss before the update, and the number of examples that the
 * network classified correctly in training mode.
 *
 * <p>Dropout is a function of a step's {@link StepSetting#NOISE}. So no generator has a state.
 */
public final class TrainingProgram {
  /** Cross-entropy on the unchanged images. */
  public static final String STANDARD = "standard";

  /** Cross-entropy on the images that an attack found (Madry et al. 2018). */
  public static final String ADVERSARIAL = "adversarial";

  /**
   * Cross-entropy on the unchanged images, plus the divergence between the outputs for the attacked
   * and the unchanged images (Zhang et al. 2019).
   */
  public static final String TRADES = "trades";

  /** Call it once with any tensor. From then on, the weights require gradients. */
  public static final String LEARN = "learn";

  /** All tensors, in the order of {@link #tensors} and then the momenta of {@link #parameters}. */
  public static final String STATE = "state";

  private static final String MOMENTUM = "momentum_of_";
  private static final String METHODS = Source.resource("training_methods.py");
  private static final String FUNCTIONS =
      Source.resource("functions.py") + "\n" + Source.resource("training.py");

  private final TrainedNetwork network;
  private final UntrainedTensors untrained;
  private final boolean normalizesSingleValues;
  private final OptionalInt examplesInAttack;

  /**
   * @param normalizesSingleValues whether a batch norm sees one value of a channel in each image
   * @param examplesInAttack the suitable number of examples for one pass of an attack on a CPU; if
   *     it is empty, a pass has the whole batch
   */
  public TrainingProgram(
      TrainedNetwork network,
      UntrainedTensors untrained,
      boolean normalizesSingleValues,
      OptionalInt examplesInAttack) {
    this.network = network;
    this.untrained = untrained;
    this.normalizesSingleValues = normalizesSingleValues;
    this.examplesInAttack = examplesInAttack;
  }

  /** Parameters and running statistics, in a fixed order. */
  public List<ExpectedTensor> tensors() {
    return network.tensors().stream().map(NetworkTensor::expected).toList();
  }

  /** The tensors that gradients change. */
  public List<ExpectedTensor> parameters() {
    return parameterTensors().stream().map(NetworkTensor::expected).toList();
  }

  /** Whether some variance does not exist for a batch of one example. */
  public boolean normalizesSingleValues() {
    return normalizesSingleValues;
  }

  /** Whether a step may run with the channels last in memory. */
  public boolean runsChannelsLast() {
    return network.runsChannelsLast();
  }

  /**
   * The number of examples for one pass of an attack in evaluation mode, on a CPU. If it is empty,
   * a pass has the whole batch.
   */
  public OptionalInt examplesInAttack() {
    return examplesInAttack;
  }

  /**
   * The network's whole state dict.
   *
   * @param weights of {@link #tensors}
   * @param batches the number of batches that the running statistics have seen in the training
   */
  public StateDict stateDict(StateDict weights, long batches) {
    return untrained.completed(weights, batches);
  }

  /**
   * The contents of an archive.
   *
   * @param weights of {@link #tensors}
   * @param momenta of {@link #parameters}, by the parameter's name
   */
  public Archive module(StateDict weights, StateDict momenta) {
    List<Attribute> attributes = new ArrayList<>();
    for (NetworkTensor parameter : parameterTensors()) {
      Tensor value = momenta.get(parameter.expected().name()).orElseThrow();
      attributes.add(new Attribute(momentum(parameter), value));
    }
    return network.archive(source(), weights, attributes);
  }

  /** SHA-256 of the program's text and of the names and shapes of its tensors. */
  public String digest() {
    return Sha256.ofText(source() + tensors());
  }

  private List<NetworkTensor> parameterTensors() {
    return network.tensors().stream().filter(NetworkTensor::parameter).toList();
  }

  private static String momentum(NetworkTensor tensor) {
    return MOMENTUM + tensor.attribute();
  }

  private String source() {
    List<String> momenta = parameterTensors().stream().map(TrainingProgram::momentum).toList();
    List<String> buffers = new ArrayList<>(network.ownBuffers());
    buffers.addAll(momenta);
    List<String> weights = parameterTensors().stream().map(network::expression).toList();
    List<String> state = new ArrayList<>();
    network.tensors().forEach(it -> state.add(read(it)));
    momenta.forEach(name -> state.add("self." + name));
    StringBuilder text = new StringBuilder();
    text.append("class ").append(network.className()).append("(Module):\n");
    text.append("  __parameters__ = [").append(names(network.ownParameters())).append("]\n");
    text.append("  __buffers__ = [").append(names(buffers)).append("]\n");
    text.append("  training : bool\n  _is_full_backward_hook : Optional[bool]\n");
    text.append(network.fields());
    momenta.forEach(name -> text.append("  ").append(name).append(" : Tensor\n"));
    text.append(method("forward", "x: Tensor", "Tensor", "return (self).logits(x, 0, 0, )"));
    text.append(
        method(
            "logits",
            "x: Tensor,\n    mode: int,\n    noise: int",
            "Tensor",
            String.join("\n    ", network.logits())));
    text.append(list("weights", weights));
    text.append(list("momenta", momenta.stream().map(name -> "self." + name).toList()));
    text.append(list("moved", network.movedByAttack()));
    text.append(list(STATE, state));
    return text + ofThisClass(METHODS) + "\n" + FUNCTIONS + network.functions();
  }

  /** A tensor's value as floating-point numbers. Counters are whole numbers. */
  private String read(NetworkTensor tensor) {
    return "torch.to(torch.detach(%s), 6)".formatted(network.expression(tensor));
  }

  private static String names(List<String> attributes) {
    return attributes.stream().map(name -> "\"" + name + "\", ").collect(joining());
  }

  private String ofThisClass(String methods) {
    return methods.replace("__torch__." + Source.CLASS, "__torch__." + network.className());
  }

  private String list(String name, List<String> items) {
    return "  def %s(self: __torch__.%s) -> List[Tensor]:\n    return annotate(List[Tensor], [%s])\n"
        .formatted(name, network.className(), String.join(", ", items));
  }

  private String method(String name, String arguments, String type, String body) {
    return "  def %s(self: __torch__.%s,\n    %s) -> %s:\n    %s\n"
        .formatted(name, network.className(), arguments, type, body);
  }
}
