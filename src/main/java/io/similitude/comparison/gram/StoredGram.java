package io.similitude.comparison.gram;

import io.similitude.store.row.UnitKey;

/**
 * Identifies a Gram matrix of a run.
 *
 * @param unit that made it
 * @param digest of the unit: everything that affects its rows
 * @param position of the layer
 */
record StoredGram(UnitKey unit, String digest, int position) {}
