package io.similitude.program;

import io.similitude.checkpoint.script.Archive;
import io.similitude.checkpoint.script.ArchiveModule;
import io.similitude.checkpoint.script.Attribute;
import io.similitude.checkpoint.tensor.StateDict;
import java.util.ArrayList;
import java.util.List;

/**
 * A network of lines in one method, whose tensors are attributes of the program.
 *
 * @param all the tensors that the lines read
 * @param fixed the tensors among them that no step changes
 * @param logits the lines that compute the logits of {@code x} in a {@code mode} with a {@code
 *     noise}
 * @param runsChannelsLast whether the lines run with any order of dimensions in memory
 * @param version the version of the operators in the lines
 */
public record FlatNetwork(
    List<NetworkTensor> all,
    StateDict fixed,
    List<String> logits,
    boolean runsChannelsLast,
    int version)
    implements TrainedNetwork {
  public FlatNetwork {
    all = List.copyOf(all);
    logits = List.copyOf(logits);
  }

  @Override
  public String className() {
    return Source.CLASS;
  }

  @Override
  public List<NetworkTensor> tensors() {
    return all.stream().filter(it -> !isFixed(it)).toList();
  }

  @Override
  public String expression(NetworkTensor tensor) {
    return "self." + tensor.attribute();
  }

  @Override
  public List<String> ownParameters() {
    return tensors().stream()
        .filter(NetworkTensor::parameter)
        .map(NetworkTensor::attribute)
        .toList();
  }

  @Override
  public List<String> ownBuffers() {
    return all.stream()
        .filter(it -> !it.parameter() || isFixed(it))
        .map(NetworkTensor::attribute)
        .toList();
  }

  @Override
  public String fields() {
    StringBuilder fields = new StringBuilder();
    all.forEach(it -> fields.append("  ").append(it.attribute()).append(" : Tensor\n"));
    return fields.toString();
  }

  /** None: mode 2 of batch norm leaves the running statistics alone. */
  @Override
  public List<String> movedByAttack() {
    return List.of();
  }

  @Override
  public String functions() {
    return "";
  }

  @Override
  public Archive archive(String source, StateDict weights, List<Attribute> momenta) {
    List<Attribute> attributes = new ArrayList<>();
    for (NetworkTensor tensor : all) {
      StateDict held = isFixed(tensor) ? fixed : weights;
      attributes.add(
          new Attribute(tensor.attribute(), held.get(tensor.expected().name()).orElseThrow()));
    }
    attributes.addAll(momenta);
    return new ArchiveModule(className(), source, attributes, version);
  }

  private boolean isFixed(NetworkTensor tensor) {
    return fixed.get(tensor.expected().name()).isPresent();
  }
}
