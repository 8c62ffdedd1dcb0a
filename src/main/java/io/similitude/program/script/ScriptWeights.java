package io.similitude.program.script;

import static java.util.stream.Collectors.toMap;

import io.similitude.checkpoint.match.ExpectedTensor;
import io.similitude.checkpoint.script.ScriptModule;
import io.similitude.checkpoint.tensor.StateDict;
import io.similitude.checkpoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters and buffers of an exported network, under the names of its state_dict. */
final class ScriptWeights {
  /**
   * The prefix of classes that save all buffers with the parameters. Other code may have buffers
   * that are not saved.
   */
  private static final String PYTORCH = "__torch__.torch.nn.modules.";

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final List<ExpectedTensor> expected = new ArrayList<>();

  ScriptWeights(List<ScriptModule> modules, List<ScriptClass> classes) {
    Map<String, ScriptClass> byName =
        classes.stream().collect(toMap(ScriptClass::qualifiedName, type -> type, (a, b) -> a));
    for (ScriptModule module : modules) {
      Optional.ofNullable(byName.get(module.className())).ifPresent(type -> add(module, type));
    }
  }

  StateDict stateDict() {
    return new StateDict(tensors);
  }

  List<ExpectedTensor> expected() {
    return List.copyOf(expected);
  }

  /** The tensor of a name; empty if a traced module has none. */
  Optional<Tensor> get(String name) {
    return Optional.ofNullable(tensors.get(name));
  }

  private void add(ScriptModule module, ScriptClass type) {
    module
        .tensors()
        .forEach(
            (attribute, tensor) -> {
              boolean parameter = type.parameters().contains(attribute);
              if (parameter || type.buffers().contains(attribute)) {
                String name = module.tensorName(attribute);
                boolean optional =
                    module.tied().contains(attribute)
                        || (!parameter && !module.className().startsWith(PYTORCH));
                tensors.put(name, tensor);
                expected.add(new ExpectedTensor(name, tensor.shape(), optional));
              }
            });
  }
}
