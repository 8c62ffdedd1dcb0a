package io.similitude.program.architecture;

import io.similitude.dataset.image.ImageShape;
import io.similitude.program.Program;
import java.util.Set;

/**
 * A family of built-in networks. To add one, write a class and add a line in {@link Architectures}.
 * {@link Parameters#network} adds the input normalisation.
 */
interface Architecture {
  /** The name in a spec. */
  String name();

  /** The way in which its source draws the first weights. */
  default Initialization initialization() {
    return Initialization.PYTORCH;
  }

  /** The names of its parameters in a spec. */
  Set<String> parameters();

  /**
   * Describes one network of the family.
   *
   * @throws io.similitude.input.InputException if the parameters or the images fit no such network
   */
  Program describe(Parameters parameters, ImageShape input);
}
