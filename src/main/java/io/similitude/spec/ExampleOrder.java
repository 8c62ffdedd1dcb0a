package io.similitude.spec;

import io.similitude.spec.key.Keyword;

/** The order in which examples fill the batches; one and the same for every checkpoint. */
public enum ExampleOrder implements Keyword {
  /** As the files have them. */
  FILE,
  /** Shuffled by the sweep's seed. */
  SHUFFLED
}
