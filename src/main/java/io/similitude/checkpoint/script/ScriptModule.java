package io.similitude.checkpoint.script;

import io.similitude.checkpoint.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A module of a TorchScript archive at one of its places.
 *
 * @param path its name as in {@code named_modules()}, without a leading {@code module.}; empty for
 *     the whole network
 * @param className {@code __torch__.torch.nn.modules.conv.___torch_mangle_3.Conv2d}
 * @param tensors its own parameters, buffers and other tensors, by attribute
 * @param tied the attributes that share the memory of an earlier tensor, for a weight with two
 *     names
 */
public record ScriptModule(
    String path, String className, Map<String, Tensor> tensors, Set<String> tied) {
  private static final String ROOT = "";

  public ScriptModule {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    tied = Set.copyOf(tied);
  }

  /** The name of the class alone: {@code Conv2d}. */
  public String type() {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  /** The name of one of its tensors in a checkpoint. */
  public String tensorName(String attribute) {
    return child(path, attribute);
  }

  static String child(String path, String name) {
    return path.equals(ROOT) ? name : path + "." + name;
  }
}
