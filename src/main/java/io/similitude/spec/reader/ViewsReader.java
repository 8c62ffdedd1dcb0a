package io.similitude.spec.reader;

import io.similitude.spec.AttackSpec;
import io.similitude.spec.ViewSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code views:}. */
final class ViewsReader {
  private final Map<String, Set<String>> attacks;
  private final Collection<String> checkpoints;
  private final Collection<String> datasets;
  private final UniqueIds ids = new UniqueIds("view id");

  /**
   * A reader with the parameter names of each known attack, the ids of the spec's checkpoints and
   * the names of its data sets. If there are no ids or no names, those in a view are not checked.
   */
  ViewsReader(
      Map<String, Set<String>> attacks,
      Collection<String> checkpoints,
      Collection<String> datasets) {
    this.attacks = attacks;
    this.checkpoints = checkpoints;
    this.datasets = datasets;
  }

  List<ViewSpec> read(SpecValue views) {
    List<ViewSpec> read = new ArrayList<>();
    for (SpecValue item : views.someItems()) {
      item.section("every view").flatMap(this::read).ifPresent(read::add);
    }
    return views.isPresent() ? read : List.of(ViewSpec.BENIGN);
  }

  private Optional<ViewSpec> read(Section view) {
    Optional<String> id = ids.read(view.required("id"));
    Optional<String> data = oneOf(view.optional("data"), datasets);
    SpecValue attack = view.optional("attack");
    return attack.isPresent()
        ? perturbed(view, id, data, attack.oneOf(attacks.keySet()))
        : view.build(
            () -> new ViewSpec(id.orElseThrow(), Optional.empty(), Optional.empty(), false, data));
  }

  private Optional<ViewSpec> perturbed(
      Section view, Optional<String> id, Optional<String> data, Optional<String> attack) {
    Optional<String> craftOn = oneOf(view.optional("craft-on"), checkpoints);
    Optional<Boolean> keepInputs = view.optional("keep-inputs").flag();
    if (attack.isEmpty()) {
      view.allowOthers();
    }
    Map<String, Object> parameters = view.typed(attack.map(attacks::get).orElse(Set.of()));
    return view.build(
        () ->
            new ViewSpec(
                id.orElseThrow(),
                Optional.of(new AttackSpec(attack.orElseThrow(), parameters)),
                craftOn,
                keepInputs.orElse(false),
                data));
  }

  private static Optional<String> oneOf(SpecValue name, Collection<String> known) {
    return known.isEmpty() ? name.id() : name.nameOf(known);
  }
}
