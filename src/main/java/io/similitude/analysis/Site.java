package io.similitude.analysis;

import java.util.Objects;

/** A representation: one layer of one checkpoint under one view, with its place in the network. */
public record Site(String checkpoint, String view, String layer, int position) {
  public Site {
    Objects.requireNonNull(checkpoint);
    Objects.requireNonNull(view);
    Objects.requireNonNull(layer);
  }

  CheckpointView shown() {
    return new CheckpointView(checkpoint, view);
  }
}
