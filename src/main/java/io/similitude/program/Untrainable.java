package io.similitude.program;

import io.similitude.checkpoint.tensor.DType;
import io.similitude.input.InputException;

/** Says why a network that can be run cannot be trained. */
public final class Untrainable {
  private Untrainable() {}

  /**
   * The exception for any reason.
   *
   * @param file the name of the network's file
   * @param why the reason and the way out
   */
  public static InputException because(String file, String why) {
    return because(file, why, null);
  }

  /** The same with what was thrown. */
  public static InputException because(String file, String why, Throwable cause) {
    return new InputException("Cannot train network " + file + ": " + why, cause);
  }

  /**
   * An evaluation may show images in any groups, and this network would give another output.
   *
   * @param layers the layers that use the other images, in words
   */
  public static InputException dependsOnBatch(String file, String layers) {
    return because(
        file,
        "its outputs for an image depend on the other images, %s (give its batch norms running statistics)"
            .formatted(layers));
  }

  /** A step computes in float32. */
  public static InputException notFloat32(String file, String weight, DType type) {
    return because(
        file,
        "its weight %s has elements of type %s (export it in float32: model.float())"
            .formatted(weight, type));
  }
}
