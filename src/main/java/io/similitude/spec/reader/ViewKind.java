package io.similitude.spec.reader;

import io.similitude.spec.ViewSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The facts about a view that are known before the views are read. Recipes come before checkpoints,
 * and views name checkpoints.
 *
 * @param attacks whether it has an attack
 * @param isTransferred whether the attack is made against another checkpoint
 */
record ViewKind(String id, boolean attacks, boolean isTransferred) {
  static List<ViewKind> of(SpecValue views) {
    List<ViewKind> kinds = new ArrayList<>();
    for (SpecValue item : views.items()) {
      item.section("every view")
          .ifPresent(
              view ->
                  view.optional("id")
                      .text()
                      .ifPresent(
                          id ->
                              kinds.add(
                                  new ViewKind(id, view.has("attack"), view.has("craft-on")))));
    }
    return kinds.isEmpty() ? List.of(new ViewKind(ViewSpec.BENIGN.id(), false, false)) : kinds;
  }
}
