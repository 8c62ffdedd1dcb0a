package io.similitude.spec;

import io.similitude.spec.key.Keyword;

/** What of the data set itself is a representation; what is given rather than learned. */
public enum DatasetPart implements Keyword, RepresentationSource {
  /** The images as networks are shown them, unperturbed: one feature a value. */
  PIXELS,
  /** The classes: one feature a class, 1 for the example's own and 0 else. */
  LABELS;

  /** What tables call the checkpoint of these representations where nothing else is said. */
  public static final String CHECKPOINT = "dataset";

  /** As a representation, under its usual name. */
  public RepresentationSpec usual() {
    return RepresentationSpec.of(CHECKPOINT, ViewSpec.BENIGN.id(), keyword(), this);
  }
}
