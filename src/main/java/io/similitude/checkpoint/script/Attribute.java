package io.similitude.checkpoint.script;

import io.similitude.checkpoint.tensor.Tensor;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A tensor of a TorchScript module, with the name that its code uses.
 *
 * @param name an identifier: {@code block1_conv1_weight}
 * @param tensor its value
 */
public record Attribute(String name, Tensor tensor) {
  static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** The attributes that every module has besides its tensors. */
  static final String TRAINING = "training";

  static final String BACKWARD_HOOK = "_is_full_backward_hook";

  public Attribute {
    Objects.requireNonNull(tensor, "tensor");
    if (!IDENTIFIER.matcher(name).matches() || Set.of(TRAINING, BACKWARD_HOOK).contains(name)) {
      throw new IllegalArgumentException(
          "Invalid attribute: "
              + name
              + " (must be an identifier, and not one of the module's own)");
    }
  }
}
