package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Optional;

/** The location of the activations of a representation. */
public sealed interface RepresentationSource extends Serializable
    permits DatasetPart, RepresentationSource.Npy, RepresentationSource.Activations {

  /**
   * A NumPy file, examples x features; features may have several dimensions.
   *
   * @param file its location
   * @param exampleIds location of an array with the example of each row; absent: row i is example i
   */
  record Npy(String file, Optional<String> exampleIds) implements RepresentationSource {
    /** The file name ending of NumPy files. Everything else is a table of activations. */
    public static final String ENDING = ".npy";

    public Npy {
      requireNonNull(file, "file");
      requireNonNull(exampleIds, "exampleIds");
    }

    private Object writeReplace() {
      return new SerializedNpy(file, exampleIds.orElse(null));
    }

    private record SerializedNpy(String file, String exampleIds) implements Serializable {
      private Object readResolve() {
        return new Npy(file, Optional.ofNullable(exampleIds));
      }
    }
  }

  /**
   * A table of activations as a run writes it, or one file of it.
   *
   * @param path location of the Parquet file, or of a folder of them
   */
  record Activations(String path) implements RepresentationSource {
    public Activations {
      requireNonNull(path, "path");
    }
  }
}
