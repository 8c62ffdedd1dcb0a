package io.similitude.store;

import java.io.Serializable;

/**
 * What a checkpoint said of one example, as far as findings ask.
 *
 * @param label true class; null where the data set has none
 * @param correct whether the checkpoint said so; null likewise
 */
public record PredictedExample(long id, Integer label, Boolean correct) implements Serializable {}
