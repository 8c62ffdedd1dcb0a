package io.similitude.program;

import java.util.List;

/**
 * The layers whose values a program returns, and the reductions of each.
 *
 * @param layers in call order
 * @param reductions the reductions of each layer's value
 */
public record Taps(List<Layer> layers, List<Reduction> reductions) {
  /** No taps: the bare network. */
  public static final Taps NONE = new Taps(List.of(), List.of());

  public Taps {
    layers = List.copyOf(layers);
    reductions = List.copyOf(reductions);
  }

  /**
   * The index of a reduction of a layer among the program's outputs: after the logits, layer by
   * layer.
   */
  public int output(int layer, Reduction reduction) {
    return 1 + layer * reductions.size() + reductions.indexOf(reduction);
  }

  /** The number of tensors that the program returns, the logits first. */
  public int outputs() {
    return 1 + layers.size() * reductions.size();
  }

  public boolean keepsValues() {
    return reductions.contains(Reduction.WHOLE);
  }
}
