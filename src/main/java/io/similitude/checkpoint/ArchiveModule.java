package io.similitude.checkpoint;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A TorchScript module to be written: its program and its tensors.
 *
 * @param className the class of the module in the source: {@code M}
 * @param source the complete text of {@code code/__torch__.py}; its class declares {@code
 *     __parameters__}, {@code __buffers__}, {@code training : bool}, {@code _is_full_backward_hook
 *     : Optional[bool]} and every attribute as a Tensor
 * @param attributes the tensors, each name once
 * @param gradients whether the parameters ask for gradients; buffers never do
 */
public record ArchiveModule(
    String className, String source, List<Attribute> attributes, boolean gradients) {
  public ArchiveModule {
    attributes = List.copyOf(attributes);
    if (!Attribute.IDENTIFIER.matcher(className).matches()) {
      throw new IllegalArgumentException(
          "Invalid class name: " + className + " (must be an identifier)");
    }
    Set<String> names = new HashSet<>();
    for (Attribute attribute : attributes) {
      if (!names.add(attribute.name())) {
        throw new IllegalArgumentException(
            "Invalid attribute: " + attribute.name() + " (must be there once)");
      }
    }
  }
}
