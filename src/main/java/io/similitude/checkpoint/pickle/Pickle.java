package io.similitude.checkpoint.pickle;

import java.util.List;

/**
 * What a pickle holds.
 *
 * @param value what was pickled
 * @param instances every object that was made, reachable or not, in the order of the pickle
 * @param references everything outside of the pickle that it refers to
 */
public record Pickle(
    PickleValue value,
    List<PickleValue.Instance> instances,
    List<PickleValue.Reference> references) {}
