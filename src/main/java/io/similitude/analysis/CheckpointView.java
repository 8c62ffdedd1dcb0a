package io.similitude.analysis;

import io.similitude.similarity.table.Site;
import java.util.Objects;

/** A checkpoint under a view. Its layers are one axis of a heatmap. */
public record CheckpointView(String checkpoint, String view) {
  public CheckpointView {
    Objects.requireNonNull(checkpoint);
    Objects.requireNonNull(view);
  }

  static CheckpointView of(Site site) {
    return new CheckpointView(site.checkpoint(), site.view());
  }

  @Override
  public String toString() {
    return checkpoint + " / " + view;
  }
}
