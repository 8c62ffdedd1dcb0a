package io.similitude.checkpoint.script;

import io.similitude.checkpoint.pickle.PickleValue.Instance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Names modules as {@code named_modules()} does: a module at two places has the name of the first
 * place. An export turns it into two modules that share the memory of all their tensors. The shared
 * memory identifies them. Modules without tensors cannot be identified.
 */
final class SharedModules {
  /** The part that an export adds to the name of a class that exists already. */
  private static final Pattern MANGLED = Pattern.compile("___torch_mangle_\\d+\\.");

  private final Map<List<Object>, Identity> known = new HashMap<>();
  private final Map<ScriptTree.Place, Identity> identities = new HashMap<>();
  private final Map<Instance, String> names = new HashMap<>();

  private SharedModules() {}

  /** The name of each object. */
  static Map<Instance, String> names(ScriptTree tree) {
    SharedModules shared = new SharedModules();
    List<ScriptTree.Place> places = tree.places();
    // Children come after their parents.
    for (int i = places.size() - 1; i >= 0; i--) {
      shared.identify(places.get(i));
    }
    places.forEach(shared::name);
    return shared.names;
  }

  /**
   * Identifies modules. Two modules are the same if they have the same class and at least one
   * tensor, and share the memory of each tensor.
   */
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

  /** An object that is equal only to itself. */
  private static final class Identity {
    private final boolean hasTensors;
    private String name;

    private Identity(boolean hasTensors) {
      this.hasTensors = hasTensors;
    }
  }
}
