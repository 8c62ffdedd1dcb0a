package io.similitude.spec;

import io.similitude.spec.key.Keyword;

/** How a step of a training uses a batch. */
public enum TrainingMethod implements Keyword {
  /** Standard training on unperturbed images. */
  STANDARD(200),
  /**
   * Adversarial training on the images that projected gradient ascent finds (Madry et al. 2018).
   */
  PGD_AT(200),
  /**
   * Training on the images, plus the divergence between outputs on perturbed and unperturbed images
   * (Zhang et al. 2019).
   */
  TRADES(76),
  /** Adversarial training on images from one large step from a random start (Wong et al. 2020). */
  FAST_AT(15);

  private final int usualEpochs;

  TrainingMethod(int usualEpochs) {
    this.usualEpochs = usualEpochs;
  }

  /** The default number of epochs, from the sources: Rice et al. 2020 for the first two methods. */
  public int usualEpochs() {
    return usualEpochs;
  }

  public boolean attacks() {
    return this != STANDARD;
  }
}
