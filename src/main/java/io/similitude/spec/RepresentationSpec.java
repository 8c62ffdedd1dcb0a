package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import io.similitude.spec.key.Ids;
import java.io.Serializable;
import java.util.Optional;

/**
 * Imported activations. They are compared with the activations of this sweep.
 *
 * <p>All names are present, except for a table of activations. For a table, a name is used if the
 * table itself has none. If the table has names, only rows with that name are used.
 *
 * @param checkpoint the name in tables for the network that made them; not one of the spec's
 *     checkpoints
 * @param view the name in tables for the view of the examples
 * @param layer the name in tables for the layer
 * @param source the location of the activations
 * @param data the name of the data set that the examples are from; empty: the spec's first
 */
public record RepresentationSpec(
    Optional<String> checkpoint,
    Optional<String> view,
    Optional<String> layer,
    RepresentationSource source,
    Optional<String> data)
    implements Serializable {
  public RepresentationSpec {
    checkpoint.ifPresent(id -> Ids.require("checkpoint id", id));
    view.ifPresent(id -> Ids.require("view id", id));
    requireNonNull(layer, "layer");
    requireNonNull(source, "source");
    requireNonNull(data, "data");
    boolean named = checkpoint.isPresent() && view.isPresent() && layer.isPresent();
    if (!named && !(source instanceof RepresentationSource.Activations)) {
      throw new IllegalArgumentException(
          "Invalid names of " + source + ": one is absent (only a table has its own)");
    }
  }

  /** Activations for the spec's first data set. */
  public RepresentationSpec(
      Optional<String> checkpoint,
      Optional<String> view,
      Optional<String> layer,
      RepresentationSource source) {
    this(checkpoint, view, layer, source, Optional.empty());
  }

  /** Activations with all names. */
  public static RepresentationSpec of(
      String checkpoint, String view, String layer, RepresentationSource source) {
    return new RepresentationSpec(
        Optional.of(checkpoint), Optional.of(view), Optional.of(layer), source);
  }

  /** This representation for another data set, under a view that shows it. */
  RepresentationSpec of(String otherData, String otherView) {
    return new RepresentationSpec(
        checkpoint, Optional.of(otherView), layer, source, Optional.of(otherData));
  }

  public RepresentationSpec withData(Optional<String> otherData) {
    return new RepresentationSpec(checkpoint, view, layer, source, otherData);
  }

  /** {@code checkpoint/view/layer}, with the names that are present. */
  public String name() {
    return checkpoint.orElse("*") + "/" + view.orElse("*") + "/" + layer.orElse("*");
  }

  private Object writeReplace() {
    return new Serialized(
        checkpoint.orElse(null), view.orElse(null), layer.orElse(null), source, data.orElse(null));
  }

  /** The serialized form, with null for absent parts: an Optional is not serializable. */
  private record Serialized(
      String checkpoint, String view, String layer, RepresentationSource source, String data)
      implements Serializable {
    private Object readResolve() {
      return new RepresentationSpec(
          Optional.ofNullable(checkpoint),
          Optional.ofNullable(view),
          Optional.ofNullable(layer),
          source,
          Optional.ofNullable(data));
    }
  }
}
