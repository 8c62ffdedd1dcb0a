package io.similitude.checkpoint.script;

import io.similitude.checkpoint.pickle.PickleValue.Instance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names modules as {@code named_modules()} does: one that stands in two places has the first one's
 * name. An export makes two modules of it, which share the memory of all their tensors and are told
 * by that; without tensors they cannot be told.
 */
final class SharedModules {
  /** What an export puts into the name of a class that is there already. */
  private static final Pattern MANGLED = Pattern.compile("___torch_mangle_\\d+\\.");

  private final Map<List<Object>, Identity> known = new HashMap<>();
  private final Map<ScriptTree.Place, Identity> identities = new HashMap<>();
  private final Map<Instance, String> names = new HashMap<>();

  private SharedModules() {}

  /** The name of each object. */
  static Map<Instance, String> names(ScriptTree tree) {
    SharedModules shared = new SharedModules();
    List<ScriptTree.Place> places = tree.places();
    // Children stand behind their parents.
    for (int i = places.size() - 1; i >= 0; i--) {
      shared.identify(places.get(i));
    }
    places.forEach(shared::name);
    return shared.names;
  }

  /** Modules are the same that have one class, and one memory under each name, at least one. */
  private void identify(ScriptTree.Place place) {
    List<Object> content = new ArrayList<>();
    content.add(MANGLED.matcher(place.object().calls()).replaceAll(""));
    place.tensors().forEach((name, tensor) -> content.add(name + " " + tensor.memory()));
    boolean tensors = content.size() > 1;
    for (ScriptTree.Place child : place.children()) {
      content.add(child.name());
      content.add(identities.get(child));
      tensors |= identities.get(child).hasTensors;
    }
    boolean any = tensors;
    identities.put(place, known.computeIfAbsent(content, c -> new Identity(any)));
  }

  private void name(ScriptTree.Place place) {
    String own =
        place
            .parent()
            .map(parent -> ScriptModule.child(names.get(parent.object()), place.name()))
            .orElse(place.path());
    Identity identity = identities.get(place);
    if (identity.hasTensors && identity.name == null) {
      identity.name = own;
    }
    names.putIfAbsent(place.object(), identity.hasTensors ? identity.name : own);
  }

  /** Equal to itself only. */
  private static final class Identity {
    private final boolean hasTensors;
    private String name;

    private Identity(boolean hasTensors) {
      this.hasTensors = hasTensors;
    }
  }
}
