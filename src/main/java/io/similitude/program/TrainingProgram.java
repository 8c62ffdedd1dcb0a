package io.similitude.program;

import static java.util.stream.Collectors.joining;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.script.Archive;
import io.similitude.checkpoint.script.ArchiveModule;
import io.similitude.checkpoint.script.Attribute;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.files.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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

  private final List<NetworkTensor> tensors;
  private final UntrainedTensors untrained;
  private final List<String> logits;
  private final boolean normalizesSingleValues;
  private final int version;

  /**
   * @param tensors the tensors that the program reads, in its order
   * @param logits the lines that compute the logits of {@code x} in a {@code mode} with a {@code
   *     noise}; the last line is a return
   * @param normalizesSingleValues whether a batch norm sees one value of a channel in each image
   * @param version the version of the operators in the lines
   */
  public TrainingProgram(
      List<NetworkTensor> tensors,
      UntrainedTensors untrained,
      List<String> logits,
      boolean normalizesSingleValues,
      int version) {
    this.tensors = List.copyOf(tensors);
    this.untrained = untrained;
    this.logits = List.copyOf(logits);
    this.normalizesSingleValues = normalizesSingleValues;
    this.version = version;
  }

  /** Parameters and running statistics, in the order in which the network uses them. */
  public List<ExpectedTensor> tensors() {
    return trained().map(NetworkTensor::expected).toList();
  }

  /** The tensors that gradients change. */
  public List<ExpectedTensor> parameters() {
    return parameterTensors().stream().map(NetworkTensor::expected).toList();
  }

  /** Whether some variance does not exist for a batch of one example. */
  public boolean normalizesSingleValues() {
    return normalizesSingleValues;
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
    for (NetworkTensor tensor : tensors) {
      StateDict held = isFixed(tensor) ? untrained.fixed() : weights;
      attributes.add(new Attribute(tensor.attribute(), tensor(held, tensor)));
    }
    parameterTensors()
        .forEach(it -> attributes.add(new Attribute(momentum(it), tensor(momenta, it))));
    return new ArchiveModule(Source.CLASS, source(), attributes, version);
  }

  /** SHA-256 of the program's text and of the names and shapes of its tensors. */
  public String digest() {
    return Sha256.ofText(source() + tensors());
  }

  private Stream<NetworkTensor> trained() {
    return tensors.stream().filter(it -> !isFixed(it));
  }

  private boolean isFixed(NetworkTensor tensor) {
    return untrained.fixed().get(tensor.expected().name()).isPresent();
  }

  private static Tensor tensor(StateDict values, NetworkTensor tensor) {
    return values.get(tensor.expected().name()).orElseThrow();
  }

  private List<NetworkTensor> parameterTensors() {
    return trained().filter(NetworkTensor::parameter).toList();
  }

  private static String momentum(NetworkTensor tensor) {
    return MOMENTUM + tensor.attribute();
  }

  private String source() {
    List<String> weights = parameterTensors().stream().map(NetworkTensor::attribute).toList();
    List<String> momenta = parameterTensors().stream().map(TrainingProgram::momentum).toList();
    List<String> buffers = new ArrayList<>();
    tensors.stream()
        .map(NetworkTensor::attribute)
        .filter(it -> !weights.contains(it))
        .forEach(buffers::add);
    buffers.addAll(momenta);
    List<String> state = new ArrayList<>();
    trained().forEach(it -> state.add("torch.detach(self." + it.attribute() + ")"));
    momenta.forEach(name -> state.add("self." + name));
    StringBuilder text = new StringBuilder();
    text.append("class ").append(Source.CLASS).append("(Module):\n");
    text.append("  __parameters__ = [").append(names(weights)).append("]\n");
    text.append("  __buffers__ = [").append(names(buffers)).append("]\n");
    text.append("  training : bool\n  _is_full_backward_hook : Optional[bool]\n");
    tensors.forEach(it -> text.append("  ").append(it.attribute()).append(" : Tensor\n"));
    momenta.forEach(name -> text.append("  ").append(name).append(" : Tensor\n"));
    text.append(method("forward", "x: Tensor", "Tensor", "return (self).logits(x, 0, 0, )"));
    text.append(
        method(
            "logits",
            "x: Tensor,\n    mode: int,\n    noise: int",
            "Tensor",
            String.join("\n    ", logits)));
    text.append(list("weights", ofSelf(weights)));
    text.append(list("momenta", ofSelf(momenta)));
    text.append(list(STATE, state));
    return text + METHODS + "\n" + FUNCTIONS;
  }

  private static String names(List<String> attributes) {
    return attributes.stream().map(name -> "\"" + name + "\", ").collect(joining());
  }

  private static List<String> ofSelf(List<String> attributes) {
    return attributes.stream().map(name -> "self." + name).toList();
  }

  private static String list(String name, List<String> items) {
    return "  def %s(self: __torch__.%s) -> List[Tensor]:\n    return [%s]\n"
        .formatted(name, Source.CLASS, String.join(", ", items));
  }

  private static String method(String name, String arguments, String type, String body) {
    return "  def %s(self: __torch__.%s,\n    %s) -> %s:\n    %s\n"
        .formatted(name, Source.CLASS, arguments, type, body);
  }
}
