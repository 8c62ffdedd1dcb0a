package io.similitude.plan;

import io.similitude.input.InputException;
import io.similitude.input.Suggestions;
import io.similitude.spec.CheckpointSpec;
import io.similitude.spec.DatasetPart;
import io.similitude.spec.RepresentationSpec;
import io.similitude.spec.SweepSpec;
import io.similitude.spec.measure.MeasureSpec;
import io.similitude.store.Unit;
import io.similitude.store.row.LayerRow;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the representations that the names after {@code given:} refer to. */
public final class CovariateNames {
  private final SweepSpec spec;

  public CovariateNames(SweepSpec spec) {
    this.spec = spec;
  }

  /**
   * Checks that the sweep has all of them. Representations of a checkpoint that cannot be read
   * count as present.
   *
   * @param failed the ids of the checkpoints that cannot be read
   * @throws InputException if the sweep lacks one
   */
  void check(List<PlannedSites> planned, List<String> failed) {
    for (MeasureSpec similarity : spec.similarities()) {
      for (String name : similarity.given()) {
        Name given = resolved(name);
        List<PlannedSites> sites =
            planned.stream().filter(it -> it.id().equals(given.checkpoint)).toList();
        if (!sites.isEmpty()) {
          require(name, "view", given.view, views(sites.get(0)));
          require(name, "layer", given.layer, layers(sites.get(0)));
        } else if (!failed.contains(given.checkpoint) && !isOfSpec(given.checkpoint)) {
          require(name, "checkpoint", given.checkpoint, ids(planned));
        }
      }
    }
  }

  /** The site of a name; empty if its Gram matrices are not stored. */
  public Optional<Covariate> find(String name, List<SiteBlock> blocks) {
    Name given = resolved(name);
    return blocks.stream()
        .filter(block -> block.checkpoint().equals(given.checkpoint))
        .filter(block -> block.view().equals(given.view))
        .flatMap(block -> alone(block, given.layer))
        .map(block -> new Covariate(name, block))
        .findFirst();
  }

  private static Stream<SiteBlock> alone(SiteBlock block, String layer) {
    return block.layers().stream()
        .filter(it -> it.name().equals(layer))
        .map(it -> block.of(List.of(it)));
  }

  private Name resolved(String name) {
    for (RepresentationSpec it : spec.representations()) {
      if (it.source() instanceof DatasetPart part && part.keyword().equals(name)) {
        return Name.of(it.name());
      }
    }
    return Name.of(name);
  }

  private boolean isOfSpec(String checkpoint) {
    return spec.checkpoints().stream().map(CheckpointSpec::id).anyMatch(checkpoint::equals);
  }

  private static void require(String name, String noun, String wanted, List<String> known) {
    if (!known.contains(wanted)) {
      throw new InputException(
          "Cannot compare given %s: there is no %s %s (%s)"
              .formatted(name, noun, wanted, Suggestions.nearestAndAll(wanted, known)));
    }
  }

  private static List<String> views(PlannedSites sites) {
    return sites.storedUnits().stream().map(Unit::key).map(key -> key.view()).distinct().toList();
  }

  private static List<String> layers(PlannedSites sites) {
    return sites.layerRows().stream().map(LayerRow::layer).toList();
  }

  private static List<String> ids(List<PlannedSites> planned) {
    return planned.stream().map(PlannedSites::id).toList();
  }

  private record Name(String checkpoint, String view, String layer) {
    static Name of(String text) {
      String[] parts = text.split("/", 3);
      return new Name(parts[0], parts[1], parts[2]);
    }
  }
}
