package io.similitude.spec;

import io.similitude.spec.key.Keyword;

/** A part of the data set that is used as a representation. It is given, not learned. */
public enum DatasetPart implements Keyword, RepresentationSource {
  /** The images as networks get them, unperturbed: one feature per value. */
  PIXELS,
  /** The classes: one feature per class, 1 for the example's own class and 0 otherwise. */
  LABELS;

  /** The default name in tables for the checkpoint of these representations. */
  public static final String CHECKPOINT = "dataset";

  /** This part as a representation, under its default name. */
  public RepresentationSpec usual() {
    return RepresentationSpec.of(CHECKPOINT, ViewSpec.BENIGN.id(), keyword(), this);
  }
}
