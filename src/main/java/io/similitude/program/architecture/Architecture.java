package io.similitude.program.architecture;

import io.similitude.dataset.image.ImageShape;
import io.similitude.program.Program;
import java.util.Set;

/**
 * A family of networks that Similitude knows by heart. A new one is one class and one line in
 * {@link Architectures}; input normalisation comes with {@link Parameters#network}.
 */
interface Architecture {
  /** What a spec calls it. */
  String name();

  /** How its source draws the first weights. */
  default Initialization initialization() {
    return Initialization.PYTORCH;
  }

  /** What a spec can say about it. */
  Set<String> parameters();

  /**
   * Describes one network of the family.
   *
   * @throws io.similitude.input.InputException if the parameters or the images fit no such network
   */
  Program describe(Parameters parameters, ImageShape input);
}
