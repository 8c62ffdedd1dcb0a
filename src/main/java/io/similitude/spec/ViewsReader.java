package io.similitude.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code views:}. */
final class ViewsReader {
  private final UniqueIds ids = new UniqueIds("view id");

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
    if (attack.isPresent()) {
      attack.refuse("known: none yet; a view without attack shows the examples as they are");
      view.allowOthers();
    }
    return view.build(() -> new ViewSpec(id.orElseThrow()));
  }
}
