package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * The user's options for an exported network, besides its file.
 *
 * @param normalization the normalisation of the input before the network of the file gets it
 * @param output the output that holds the logits, if there are several, by its key or its number
 *     from 0; empty: the first tensor
 */
public record ExportOptions(Normalization normalization, String output) implements Serializable {
  /** No options: the file needs none. */
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
