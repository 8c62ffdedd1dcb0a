package io.similitude.program.script;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.script.Archive;
import io.similitude.checkpoint.script.Attribute;
import io.similitude.checkpoint.script.ScriptArchive;
import io.similitude.checkpoint.script.ScriptModule;
import io.similitude.checkpoint.tensor.DType;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import io.similitude.input.InputException;
import io.similitude.program.NetworkTensor;
import io.similitude.program.Taps;
import io.similitude.program.TrainedNetwork;
import io.similitude.program.Untrainable;
import io.similitude.program.UntrainedTensors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A TorchScript file in training. Its modules keep their tensors. Before each pass they are all set
 * to the mode of the pass, as {@code model.train()} and {@code model.eval()} do.
 */
final class ScriptTraining implements TrainedNetwork {
  private static final String COUNTER = "num_batches_tracked";
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final String file;
  private final ScriptArchive archive;
  private final Map<String, String> code;
  private final ScriptWrapper wrapper;
  private final TrainingEdits edits;
  private final Map<String, ScriptClass> classes;
  private final List<NetworkTensor> tensors = new ArrayList<>();
  private final Map<String, String> expressions = new HashMap<>();
  private final Map<String, Tensor> kept = new LinkedHashMap<>();

  /**
   * A network in training.
   *
   * @param code its source files with the edits
   * @param classes its classes, by their qualified names
   * @throws InputException if a step cannot change its tensors
   */
  ScriptTraining(
      String file,
      ScriptArchive archive,
      Map<String, String> code,
      ScriptWrapper wrapper,
      TrainingEdits edits,
      Map<String, ScriptClass> classes) {
    this.file = file;
    this.archive = archive;
    this.code = code;
    this.wrapper = wrapper;
    this.edits = edits;
    this.classes = classes;
    archive.modules().forEach(this::add);
    if (tensors.stream().noneMatch(NetworkTensor::parameter)) {
      throw Untrainable.because(
          file, "it has no parameters (is it frozen? export it without torch.jit.freeze)");
    }
  }

  /**
   * The tensors of its state dict that no step changes by itself.
   *
   * @param calls the number of calls of each module in a pass
   */
  UntrainedTensors untrained(Map<String, Integer> calls) {
    Map<String, Integer> counters = new HashMap<>();
    for (ScriptModule module : archive.modules()) {
      if (module.tensors().containsKey(COUNTER) && edits.changed().contains(module.className())) {
        counters.put(module.tensorName(COUNTER), calls.getOrDefault(module.path(), 0));
      }
    }
    return new UntrainedTensors(new StateDict(kept), Map.of(), counters);
  }

  @Override
  public String className() {
    return ScriptArchive.WRAPPER;
  }

  @Override
  public List<NetworkTensor> tensors() {
    return List.copyOf(tensors);
  }

  @Override
  public String expression(NetworkTensor tensor) {
    return expressions.get(tensor.attribute());
  }

  @Override
  public List<String> ownParameters() {
    return List.of();
  }

  @Override
  public List<String> ownBuffers() {
    return List.of();
  }

  @Override
  public String fields() {
    return "  %s : %s\n".formatted(ScriptArchive.NETWORK, archive.rootClass());
  }

  @Override
  public List<String> logits() {
    List<String> lines = new ArrayList<>();
    lines.add("trains = torch.ne(mode, 0)");
    int count = 0;
    for (ScriptModule module : archive.modules()) {
      if (classes.containsKey(module.className()) && classes.get(module.className()).trains()) {
        String variable = "module" + count++;
        lines.add(variable + " = " + expression(module.path()));
        lines.add(variable + ".training = trains");
      }
    }
    lines.addAll(wrapper.logitsLines());
    return lines;
  }

  @Override
  public List<String> movedByAttack() {
    return tensors.stream().filter(it -> !it.parameter()).map(this::expression).toList();
  }

  /** Nobody knows which operators of its code depend on the order in memory. */
  @Override
  public boolean runsChannelsLast() {
    return false;
  }

  @Override
  public String functions() {
    return "\n" + wrapper.functions(Taps.NONE);
  }

  @Override
  public Archive archive(String source, StateDict weights, List<Attribute> momenta) {
    Map<String, String> all = new LinkedHashMap<>(code);
    all.merge(ScriptWrapper.RECORD, source, (theirs, ours) -> theirs + "\n" + ours);
    return archive.rewritten(all, weights, momenta);
  }

  private void add(ScriptModule module) {
    ScriptClass type = classes.get(module.className());
    if (type != null) {
      module
          .tensors()
          .forEach(
              (attribute, tensor) -> {
                boolean parameter = type.parameters().contains(attribute);
                if (parameter || type.buffers().contains(attribute)) {
                  add(module, attribute, tensor, parameter);
                }
              });
    }
  }

  private void add(ScriptModule module, String attribute, Tensor tensor, boolean parameter) {
    String name = module.tensorName(attribute);
    boolean counts = attribute.equals(COUNTER) && !edits.changed().contains(module.className());
    if (tensor.dtype().isFloating() || counts) {
      if (tensor.dtype().isFloating() && tensor.dtype() != DType.FLOAT32) {
        throw Untrainable.notFloat32(file, name, tensor.dtype());
      }
      if (module.tied().contains(attribute)) {
        throw Untrainable.because(
            file,
            "its weight %s is another weight too, and steps would change the two apart (export it with torch.export)"
                .formatted(name));
      }
      String own = "w" + tensors.size();
      ExpectedTensor expected = ExpectedTensor.required(name, tensor.shape());
      tensors.add(new NetworkTensor(expected, own, parameter));
      // A bias may be declared as optional.
      expressions.put(
          own, "unchecked_cast(Tensor, %s)".formatted(child(expression(module.path()), attribute)));
    }
    if (!tensor.dtype().isFloating()) {
      kept.put(name, tensor);
    }
  }

  /** The expression for the module of a path. */
  private String expression(String path) {
    String expression = "self." + ScriptArchive.NETWORK;
    if (!archive.modules().get(0).className().equals(archive.rootClass())) {
      expression = child(expression, ScriptArchive.PARALLEL);
    }
    for (String part : path.isEmpty() ? new String[0] : path.split("\\.")) {
      expression = child(expression, part);
    }
    return expression;
  }

  private static String child(String of, String attribute) {
    return IDENTIFIER.matcher(attribute).matches()
        ? of + "." + attribute
        : "getattr(%s, %s)".formatted(of, ScriptWrapper.quoted(attribute));
  }
}
