package io.similitude.similarity.table;

import java.io.Serializable;
import java.util.Objects;

/**
 * A representation: the output of one layer of one checkpoint for one view.
 *
 * @param position of the layer in the network, from 0
 */
public record Site(String checkpoint, String view, String layer, int position)
    implements Serializable {
  public Site {
    Objects.requireNonNull(checkpoint);
    Objects.requireNonNull(view);
    Objects.requireNonNull(layer);
  }
}
