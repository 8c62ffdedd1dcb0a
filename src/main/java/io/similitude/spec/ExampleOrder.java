package io.similitude.spec;

/** The order in which examples fill the batches; one and the same for every checkpoint. */
public enum ExampleOrder implements Keyword {
  /** As the files have them. */
  FILE,
  /** Shuffled by the sweep's seed. */
  SHUFFLED
}
