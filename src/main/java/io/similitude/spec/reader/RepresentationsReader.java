package io.similitude.spec.reader;

import io.similitude.spec.DatasetPart;
import io.similitude.spec.RepresentationSource;
import io.similitude.spec.RepresentationSpec;
import io.similitude.spec.ViewSpec;
import io.similitude.spec.measure.MeasureSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code representations:}. */
final class RepresentationsReader {
  private final Locations locations;
  private final Collection<String> checkpoints;
  private final Collection<String> datasets;
  private final Map<String, Place> seen = new LinkedHashMap<>();
  private final Set<DatasetPart> parts = EnumSet.noneOf(DatasetPart.class);

  /**
   * A reader with the ids of the spec's checkpoints and the names of its data sets. Representations
   * may not have these ids.
   */
  RepresentationsReader(
      Locations locations, Collection<String> checkpoints, Collection<String> datasets) {
    this.locations = locations;
    this.checkpoints = checkpoints;
    this.datasets = datasets;
  }

  List<RepresentationSpec> read(SpecValue representations) {
    List<RepresentationSpec> read = new ArrayList<>();
    for (SpecValue item : representations.someItems()) {
      item.section("every representation")
          .flatMap(section -> read(item, section))
          .ifPresent(read::add);
    }
    return read;
  }

  /**
   * The representations of the data set that similarities are given and that the spec does not
   * list.
   */
  List<RepresentationSpec> given(List<MeasureSpec> similarities, SpecValue place) {
    List<RepresentationSpec> added = new ArrayList<>();
    for (DatasetPart part : DatasetPart.values()) {
      boolean isGiven = similarities.stream().anyMatch(it -> it.given().contains(part.keyword()));
      if (isGiven && parts.add(part)) {
        added.add(part.usual());
        if (checkpoints.contains(DatasetPart.CHECKPOINT)) {
          place.refuse(
              "given %s, which would be called %s as a checkpoint is: add {source: %s, checkpoint: another-id} to representations"
                  .formatted(part.keyword(), DatasetPart.CHECKPOINT, part.keyword()));
        }
      }
    }
    return added;
  }

  private Optional<RepresentationSpec> read(SpecValue item, Section representation) {
    SpecValue part = representation.optional("source");
    Optional<String> data = representation.optional("data").nameOf(datasets);
    Optional<RepresentationSpec> read =
        (part.isPresent() ? ofDataset(representation, part) : ofFile(representation))
            .map(it -> it.withData(data));
    read.ifPresent(it -> requireNew(item, it));
    return read;
  }

  private Optional<RepresentationSpec> ofDataset(Section representation, SpecValue source) {
    Optional<DatasetPart> part = source.choice(DatasetPart.class);
    if (part.isPresent() && !parts.add(part.get())) {
      source.refuse("is there already");
    }
    SpecValue named = representation.optional("checkpoint");
    if (!named.isPresent() && checkpoints.contains(DatasetPart.CHECKPOINT)) {
      source.refuse("is called dataset, as a checkpoint is: add checkpoint: another-id");
    }
    Optional<String> checkpoint = checkpoint(named);
    Optional<String> view = representation.optional("view").named("view id").id();
    Optional<String> layer = representation.optional("layer").text();
    return representation.build(
        () ->
            RepresentationSpec.of(
                checkpoint.orElse(DatasetPart.CHECKPOINT),
                view.orElse(ViewSpec.BENIGN.id()),
                layer.orElse(part.orElseThrow().keyword()),
                part.orElseThrow()));
  }

  private Optional<RepresentationSpec> ofFile(Section representation) {
    Optional<String> file = representation.required("file").location(locations);
    if (file.isEmpty()) {
      representation.allowOthers();
    }
    boolean isNpy = file.filter(it -> it.endsWith(RepresentationSource.Npy.ENDING)).isPresent();
    return isNpy ? ofNpy(representation, file.get()) : ofTable(representation, file);
  }

  private Optional<RepresentationSpec> ofNpy(Section representation, String file) {
    Optional<String> checkpoint = checkpoint(representation.required("checkpoint"));
    Optional<String> view = representation.optional("view").named("view id").id();
    Optional<String> layer = representation.required("layer").text();
    Optional<String> ids = representation.optional("example-ids").location(locations);
    return representation.build(
        () ->
            RepresentationSpec.of(
                checkpoint.orElseThrow(),
                view.orElse(ViewSpec.BENIGN.id()),
                layer.orElseThrow(),
                new RepresentationSource.Npy(file, ids)));
  }

  private Optional<RepresentationSpec> ofTable(Section representation, Optional<String> path) {
    Optional<String> checkpoint = checkpoint(representation.optional("checkpoint"));
    Optional<String> view = representation.optional("view").named("view id").id();
    Optional<String> layer = representation.optional("layer").text();
    return representation.build(
        () ->
            new RepresentationSpec(
                checkpoint, view, layer, new RepresentationSource.Activations(path.orElseThrow())));
  }

  private Optional<String> checkpoint(SpecValue value) {
    SpecValue named = value.named("checkpoint id");
    Optional<String> id = named.id();
    if (id.filter(checkpoints::contains).isPresent()) {
      named.refuse("is the id of a checkpoint, whose activations are made here: choose another");
    }
    return id;
  }

  private void requireNew(SpecValue item, RepresentationSpec representation) {
    String key = representation.name();
    if (representation.source() instanceof RepresentationSource.Activations table) {
      key += " " + table.path();
    }
    Place first = seen.putIfAbsent(key, item.place());
    if (first != null) {
      item.refuse(representation.name() + " must differ from the one at " + first);
    }
  }
}
