package io.similitude.program;

import static java.util.stream.Collectors.joining;

import io.similitude.checkpoint.ArchiveModule;
import io.similitude.checkpoint.Attribute;
import io.similitude.checkpoint.ExpectedTensor;
import io.similitude.checkpoint.StateDict;
import io.similitude.program.ProgramBuilder.Tap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A network as a TorchScript program: the layers that can be tapped, the weights that it expects,
 * what it costs, and its source for any choice of taps.
 *
 * <p>The program's {@code forward} takes a batch of images, float32 of shape N x channels x height
 * x width, and returns a list of tensors: the logits, then what the taps ask for.
 */
public final class Program {
  /** The method that makes the Gram matrix of a value, n x anything, outside of a forward pass. */
  public static final String GRAM_METHOD = "gram";

  private static final int BYTES_A_FLOAT = 4;

  private final Value input;
  private final List<Operation> operations;
  private final List<Tap> taps;
  private final List<NetworkTensor> tensors;
  private final Value logits;

  Program(
      Value input,
      List<Operation> operations,
      List<Tap> taps,
      List<NetworkTensor> tensors,
      Value logits) {
    this.input = input;
    this.operations = List.copyOf(operations);
    this.taps = List.copyOf(taps);
    this.tensors = List.copyOf(tensors);
    this.logits = logits;
  }

  /** Every module call, in the order in which the calls return. */
  public List<Layer> layers() {
    return taps.stream().map(Tap::layer).toList();
  }

  /** What a checkpoint of this network holds, in the order in which PyTorch writes it. */
  public List<ExpectedTensor> weights() {
    return tensors.stream().map(NetworkTensor::expected).toList();
  }

  /** The number of classes. */
  public int classes() {
    return Math.toIntExact(logits.elements());
  }

  /** Floating-point operations of one forward pass, for one example. */
  public long flops() {
    return operations.stream().mapToLong(Operation::flops).sum();
  }

  /** The most bytes of activations that are alive at once in a forward pass, for one example. */
  public long peakBytes() {
    return new Lifetimes(operations, logits).peakElements(input) * BYTES_A_FLOAT;
  }

  /**
   * The module to be written to an archive: the source for these taps, with a checkpoint's weights.
   *
   * @param weights as {@link io.similitude.checkpoint.WeightMatch} returns them for {@link
   *     #weights}
   */
  public ArchiveModule module(Taps chosen, StateDict weights) {
    List<Attribute> attributes =
        stored().stream()
            .map(
                tensor ->
                    new Attribute(
                        tensor.attribute(),
                        weights.get(tensor.expected().name()).orElseThrow(),
                        tensor.parameter()))
            .toList();
    return new ArchiveModule(Source.CLASS, source(chosen), attributes, false);
  }

  /** SHA-256 of the program's text for these taps, in hexadecimal digits. */
  public String digest(Taps chosen) {
    try {
      byte[] text = source(chosen).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }

  /** The program's text. */
  String source(Taps chosen) {
    Source source = new Source(stored());
    Lifetimes lifetimes = new Lifetimes(operations, logits);
    for (int i = 0; i < operations.size(); i++) {
      // A value that is given out whole would change under a later operation in place.
      source.line(operations.get(i).line(!chosen.keepsValues() && lifetimes.overwrites(i)));
      emitTaps(source, i, chosen);
    }
    String outputs =
        chosen.layers().stream()
            .flatMap(layer -> chosen.reductions().stream().map(how -> ", " + output(layer, how)))
            .collect(joining());
    source.line("return [" + logits.variable() + outputs + "]");
    return source.text();
  }

  private void emitTaps(Source source, int operation, Taps chosen) {
    for (Tap tap : taps) {
      if (tap.value().operation() == operation && chosen.layers().contains(tap.layer())) {
        for (Reduction reduction : chosen.reductions()) {
          source.line(
              output(tap.layer(), reduction) + " = " + reduction.of(tap.value().variable()));
        }
      }
    }
  }

  private static String output(Layer layer, Reduction reduction) {
    return "tap" + layer.index() + "_" + reduction.name().toLowerCase(Locale.ROOT);
  }

  private List<NetworkTensor> stored() {
    return tensors.stream().filter(tensor -> !tensor.attribute().isEmpty()).toList();
  }
}
