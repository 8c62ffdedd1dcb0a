package io.similitude.spec;

import io.similitude.spec.key.Keyword;

/** What a step of a training makes of a batch. */
public enum TrainingMethod implements Keyword {
  /** The images as they are. */
  STANDARD(200),
  /** Adversarial training: the images that projected gradient ascent finds (Madry et al. 2018). */
  PGD_AT(200),
  /** The images, and the divergence of perturbed ones from them (Zhang et al. 2019). */
  TRADES(76),
  /** One large step from a random start (Wong et al. 2020). */
  FAST_AT(15);

  private final int usualEpochs;

  TrainingMethod(int usualEpochs) {
    this.usualEpochs = usualEpochs;
  }

  /** The epochs of the sources: Rice et al. 2020 for the first two. */
  public int usualEpochs() {
    return usualEpochs;
  }

  public boolean attacks() {
    return this != STANDARD;
  }
}
