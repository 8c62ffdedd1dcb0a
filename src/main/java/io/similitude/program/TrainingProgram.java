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
 * <p>Dropout is left out, because descriptions have none.
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
  private final List<String> logits;
  private final boolean normalizesSingleValues;

  /**
   * @param logits the lines that compute the logits of {@code x} in a {@code mode}; the last line
   *     is a return
   * @param normalizesSingleValues whether a batch norm sees one value of a channel in each image
   */
  public TrainingProgram(
      List<NetworkTensor> tensors, List<String> logits, boolean normalizesSingleValues) {
    this.tensors = List.copyOf(tensors);
    this.logits = List.copyOf(logits);
    this.normalizesSingleValues = normalizesSingleValues;
  }

  /** Parameters and running statistics, in the order in which the network uses them. */
  public List<ExpectedTensor> tensors() {
    return tensors.stream().map(NetworkTensor::expected).toList();
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
   * The contents of an archive.
   *
   * @param weights of {@link #tensors}
   * @param momenta of {@link #parameters}, by the parameter's name
   */
  public Archive module(StateDict weights, StateDict momenta) {
    List<Attribute> attributes = new ArrayList<>();
    tensors.forEach(it -> attributes.add(new Attribute(it.attribute(), tensor(weights, it))));
    parameterTensors()
        .forEach(it -> attributes.add(new Attribute(momentum(it), tensor(momenta, it))));
    return new ArchiveModule(Source.CLASS, source(), attributes);
  }

  /** SHA-256 of the program's text. */
  public String digest() {
    return Sha256.ofText(source());
  }

  private static Tensor tensor(StateDict values, NetworkTensor tensor) {
    return values.get(tensor.expected().name()).orElseThrow();
  }

  private List<NetworkTensor> parameterTensors() {
    return tensors.stream().filter(NetworkTensor::parameter).toList();
  }

  private static String momentum(NetworkTensor tensor) {
    return MOMENTUM + tensor.attribute();
  }

  private String source() {
    List<String> weights = parameterTensors().stream().map(NetworkTensor::attribute).toList();
    List<String> momenta = parameterTensors().stream().map(TrainingProgram::momentum).toList();
    List<String> buffers = new ArrayList<>();
    tensors.stream().filter(it -> !it.parameter()).forEach(it -> buffers.add(it.attribute()));
    buffers.addAll(momenta);
    List<String> state = new ArrayList<>();
    tensors.forEach(it -> state.add("torch.detach(self." + it.attribute() + ")"));
    momenta.forEach(name -> state.add("self." + name));
    StringBuilder text = new StringBuilder();
    text.append("class ").append(Source.CLASS).append("(Module):\n");
    text.append("  __parameters__ = [").append(names(weights)).append("]\n");
    text.append("  __buffers__ = [").append(names(buffers)).append("]\n");
    text.append("  training : bool\n  _is_full_backward_hook : Optional[bool]\n");
    tensors.forEach(it -> text.append("  ").append(it.attribute()).append(" : Tensor\n"));
    momenta.forEach(name -> text.append("  ").append(name).append(" : Tensor\n"));
    text.append(method("forward", "x: Tensor", "Tensor", "return (self).logits(x, 0, )"));
    text.append(
        method("logits", "x: Tensor,\n    mode: int", "Tensor", String.join("\n    ", logits)));
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
