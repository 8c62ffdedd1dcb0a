package io.similitude.program.architecture;

import static java.util.stream.Collectors.toSet;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.script.Archive;
import io.similitude.checkpoint.script.ArchiveModule;
import io.similitude.checkpoint.script.Attribute;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.files.Sha256;
import io.similitude.program.FlatNetwork;
import io.similitude.program.Layer;
import io.similitude.program.NetworkTensor;
import io.similitude.program.Program;
import io.similitude.program.Source;
import io.similitude.program.Tap;
import io.similitude.program.TapLines;
import io.similitude.program.Taps;
import io.similitude.program.TrainingProgram;
import io.similitude.program.UntrainedTensors;
import io.similitude.program.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** A network whose source is generated from its description, operation by operation. */
public final class DescribedProgram implements Program {
  private final Value input;
  private final List<Operation> operations;
  private final List<Tap> taps;
  private final List<NetworkTensor> tensors;
  private final Value logits;
  private final Semantics semantics;

  DescribedProgram(
      Value input,
      List<Operation> operations,
      List<Tap> taps,
      List<NetworkTensor> tensors,
      Value logits) {
    this(input, operations, taps, tensors, logits, Semantics.NEW_VALUES);
  }

  /**
   * A network of these operations.
   *
   * @param input the images
   * @param taps its layers, in the order of their operations
   * @param tensors the tensors that its operations read besides values
   * @param semantics the effect of its operations on memory
   */
  public DescribedProgram(
      Value input,
      List<Operation> operations,
      List<Tap> taps,
      List<NetworkTensor> tensors,
      Value logits,
      Semantics semantics) {
    this.input = input;
    this.operations = List.copyOf(operations);
    this.taps = List.copyOf(taps);
    this.tensors = List.copyOf(tensors);
    this.logits = logits;
    this.semantics = semantics;
  }

  @Override
  public List<Layer> layers() {
    return taps.stream().map(Tap::layer).toList();
  }

  @Override
  public List<ExpectedTensor> weights() {
    return tensors.stream().map(NetworkTensor::expected).toList();
  }

  @Override
  public Optional<StateDict> ownWeights() {
    return Optional.empty();
  }

  @Override
  public int classes() {
    return Math.toIntExact(logits.elements());
  }

  @Override
  public long flops() {
    return operations.stream().mapToLong(Operation::flops).sum();
  }

  @Override
  public long peakBytes() {
    return new Lifetimes(operations, logits).peakElements(input) * Float.BYTES;
  }

  @Override
  public long gradientBytes() {
    return new Lifetimes(operations, logits).recordedPeakElements(input) * Float.BYTES;
  }

  @Override
  public Archive module(Taps chosen, StateDict weights) {
    List<Attribute> attributes =
        used().stream()
            .map(
                tensor ->
                    new Attribute(
                        tensor.attribute(), weights.get(tensor.expected().name()).orElseThrow()))
            .toList();
    return new ArchiveModule(Source.CLASS, source(chosen), attributes, semantics.version);
  }

  @Override
  public TrainingProgram training() {
    return training(new StateDict(Map.of()), UntrainedTensors.counters(counters()), true);
  }

  /**
   * The same network as a program for training.
   *
   * @param fixed the tensors that its operations read and no step changes
   * @param runsChannelsLast whether its operations run with the channels last in memory
   */
  public TrainingProgram training(
      StateDict fixed, UntrainedTensors untrained, boolean runsChannelsLast) {
    TrainingLines lines = new TrainingLines(operations, logits);
    return new TrainingProgram(
        new FlatNetwork(used(), fixed, lines.lines(), runsChannelsLast, semantics.version),
        untrained,
        lines.normalizesSingleValues(),
        OptionalInt.of(examplesInGradient()));
  }

  /** The running means and variances that training changes. */
  public Set<String> statistics() {
    Set<String> read = new HashSet<>();
    norms().forEach(norm -> read.addAll(List.of(norm.mean(), norm.variance())));
    return used().stream()
        .filter(it -> read.contains("self." + it.attribute()))
        .map(it -> it.expected().name())
        .collect(toSet());
  }

  /** The counters beside the running variances, with the number of batch norms that use each. */
  public Map<String, Integer> counters() {
    Map<String, Integer> counters = new HashMap<>();
    for (NetworkTensor tensor : used()) {
      String read = "self." + tensor.attribute();
      int uses = (int) norms().filter(norm -> norm.variance().equals(read)).count();
      if (uses > 0) {
        counters.put(UntrainedTensors.counterBeside(tensor.expected().name()), uses);
      }
    }
    return counters;
  }

  private Stream<BatchNorm> norms() {
    return operations.stream().flatMap(it -> it.training().norm().stream());
  }

  @Override
  public String digest(Taps chosen) {
    return Sha256.ofText(source(chosen));
  }

  /** The program's text. */
  String source(Taps chosen) {
    Source source = new Source(used());
    Lifetimes lifetimes = new Lifetimes(operations, logits);
    TapLines tapLines = new TapLines(taps, chosen, semantics == Semantics.IN_PLACE);
    tapLines.after(Value.INPUT).forEach(source::line);
    for (int i = 0; i < operations.size(); i++) {
      // If the whole value is returned, a later in-place operation would change it.
      source.line(operations.get(i).line(!chosen.keepsValues() && lifetimes.overwrites(i)));
      tapLines.after(i).forEach(source::line);
    }
    source.line("return [" + logits.variable() + tapLines.outputs() + "]");
    return source.text();
  }

  private List<NetworkTensor> used() {
    return tensors.stream().filter(NetworkTensor::isUsed).toList();
  }

  /** The effect of a program's operations on the memory of their operands. */
  public enum Semantics {
    /** Each operation creates a new value. */
    NEW_VALUES(ArchiveModule.OLDEST_VERSION),
    /** Some operations overwrite an operand, as PyTorch's newest version of each operator does. */
    IN_PLACE(ArchiveModule.NEWEST_VERSION);

    private final int version;

    Semantics(int version) {
      this.version = version;
    }
  }
}
