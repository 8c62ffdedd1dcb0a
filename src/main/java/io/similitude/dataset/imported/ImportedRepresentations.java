package io.similitude.dataset.imported;

import io.similitude.dataset.DatasetListing;
import io.similitude.files.FileAccess;
import io.similitude.input.InputException;
import io.similitude.spec.DatasetPart;
import io.similitude.spec.RepresentationSource;
import io.similitude.spec.RepresentationSpec;
import java.util.List;
import java.util.Optional;

/** Finds representations that were made elsewhere, on the driver. */
public final class ImportedRepresentations {
  private final FileAccess files;
  private final Optional<DatasetListing> dataset;

  /**
   * @param dataset the data set whose pixels and labels may be wanted
   */
  public ImportedRepresentations(FileAccess files, Optional<DatasetListing> dataset) {
    this.files = files;
    this.dataset = dataset;
  }

  /**
   * The representations of an entry: one, or one for each layer of a table.
   *
   * @param examples the examples of the data set that will be read
   * @throws InputException if they cannot be read, or are not representations
   */
  public List<FoundFeatures> find(RepresentationSpec spec, long... examples) {
    RepresentationSource source = spec.source();
    if (source instanceof RepresentationSource.Npy npy) {
      return List.of(NpyFeatures.find(spec, npy, files));
    }
    if (source instanceof RepresentationSource.Activations table) {
      return new ActivationTable(spec, table.path(), files).find();
    }
    return List.of(find(spec, (DatasetPart) source, examples));
  }

  private FoundFeatures find(RepresentationSpec spec, DatasetPart part, long... examples) {
    return switch (part) {
      case PIXELS -> PixelFeatures.find(spec, dataset.orElseThrow(), files);
      case LABELS -> LabelFeatures.find(spec, dataset.orElseThrow(), files, examples);
    };
  }
}
