package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * What a user says of an exported network beside its file.
 *
 * @param normalization what is done to the input before the network of the file gets it
 * @param output which of several outputs holds the logits, by its key or its number from 0; empty:
 *     the first tensor
 */
public record ExportOptions(Normalization normalization, String output) implements Serializable {
  /** The file says everything. */
  public static final ExportOptions NONE = new ExportOptions(Normalization.NONE, "");

  public ExportOptions {
    requireNonNull(normalization, "normalization");
    requireNonNull(output, "output");
  }

  /** The network of a file. */
  NetworkSpec network(String name, String location) {
    return new NetworkSpec.Exported(name, location, normalization, output);
  }
}
