package io.similitude.spec;

import io.similitude.spec.key.Keyword;

/** The order in which examples fill the batches. It is equal for every checkpoint. */
public enum ExampleOrder implements Keyword {
  /** The order in the files. */
  FILE,
  /** Shuffled by the sweep's seed. */
  SHUFFLED
}
