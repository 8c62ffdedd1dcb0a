package io.similitude.spec;

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
  private final UniqueIds ids = new UniqueIds("view id");

  /**
   * With the parameter names of each known attack, and the ids of the spec's checkpoints; none:
   * whatever a view is crafted on is not judged.
   */
  ViewsReader(Map<String, Set<String>> attacks, Collection<String> checkpoints) {
    this.attacks = attacks;
    this.checkpoints = checkpoints;
  }

  List<ViewSpec> read(Value views) {
    List<ViewSpec> read = new ArrayList<>();
    for (Value item : views.someItems()) {
      item.section("every view").flatMap(this::read).ifPresent(read::add);
    }
    return views.isPresent() ? read : List.of(ViewSpec.BENIGN);
  }

  private Optional<ViewSpec> read(Section view) {
    Optional<String> id = ids.read(view.required("id"));
    Value attack = view.optional("attack");
    return attack.isPresent()
        ? perturbed(view, id, attack.oneOf(attacks.keySet()))
        : view.build(() -> new ViewSpec(id.orElseThrow()));
  }

  private Optional<ViewSpec> perturbed(Section view, Optional<String> id, Optional<String> attack) {
    Optional<String> craftOn = craftOn(view.optional("craft-on"));
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
                keepInputs.orElse(false)));
  }

  private Optional<String> craftOn(Value checkpoint) {
    return checkpoints.isEmpty() ? checkpoint.id() : checkpoint.oneOf(checkpoints);
  }
}
