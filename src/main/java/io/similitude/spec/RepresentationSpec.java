package io.similitude.spec;

import static java.util.Objects.requireNonNull;

import io.similitude.spec.key.Ids;
import java.io.Serializable;
import java.util.Optional;

/**
 * Activations that were not made here, and are compared with those that are.
 *
 * <p>Names are present but of a table of activations: what it does not name itself is called so,
 * and of what it names those of that name are taken.
 *
 * @param checkpoint what tables call the network that made them; none of the spec's checkpoints
 * @param view what tables call how the examples were shown
 * @param layer what tables call the layer
 * @param source where they are
 * @param data the name of the data set whose examples they are of; empty: the spec's first
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

  /** Of the spec's first data set. */
  public RepresentationSpec(
      Optional<String> checkpoint,
      Optional<String> view,
      Optional<String> layer,
      RepresentationSource source) {
    this(checkpoint, view, layer, source, Optional.empty());
  }

  /** With all names. */
  public static RepresentationSpec of(
      String checkpoint, String view, String layer, RepresentationSource source) {
    return new RepresentationSpec(
        Optional.of(checkpoint), Optional.of(view), Optional.of(layer), source);
  }

  /** The same of another data set, under a view that shows it. */
  RepresentationSpec of(String otherData, String otherView) {
    return new RepresentationSpec(
        checkpoint, Optional.of(otherView), layer, source, Optional.of(otherData));
  }

  public RepresentationSpec withData(Optional<String> otherData) {
    return new RepresentationSpec(checkpoint, view, layer, source, otherData);
  }

  /** {@code checkpoint/view/layer}, as far as they are named. */
  public String name() {
    return checkpoint.orElse("*") + "/" + view.orElse("*") + "/" + layer.orElse("*");
  }

  private Object writeReplace() {
    return new Serialized(
        checkpoint.orElse(null), view.orElse(null), layer.orElse(null), source, data.orElse(null));
  }

  /** The same with null for what is absent: an Optional is not serializable. */
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
