package io.similitude.program.exported;

import io.similitude.checkpoint.exported.GraphNode;
import io.similitude.checkpoint.exported.GraphNode.ModuleFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls of modules in a graph. Each node lists the calls that contain it. A second call of a
 * module has another key. Graphs of PyTorch before 2.6 have no such keys. There a call ends at the
 * first node outside of it.
 */
final class ModuleCalls {
  private static final char REPEATED = '@';

  /** The name that DataParallel gives the network inside it. */
  private static final String PARALLEL = "module.";

  private final boolean keysDiffer;
  private final Map<String, ModuleCall> byKey = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final List<ModuleCall> calls = new ArrayList<>();
  private List<ModuleFrame> open = List.of();

  private ModuleCalls(boolean keysDiffer) {
    this.keysDiffer = keysDiffer;
  }

  /** The calls inside the network, in the order in which they begin. */
  static List<ModuleCall> of(List<GraphNode> nodes, String torchVersion) {
    ModuleCalls calls = new ModuleCalls(repeatedKeysDiffer(torchVersion));
    for (int place = 0; place < nodes.size(); place++) {
      calls.add(place, nodes.get(place).modules());
    }
    return calls.calls;
  }

  private static boolean repeatedKeysDiffer(String torchVersion) {
    String[] parts = torchVersion.split("\\.", -1);
    try {
      int major = Integer.parseInt(parts[0]);
      return major > 2 || (major == 2 && parts.length > 1 && Integer.parseInt(parts[1]) >= 6);
    } catch (NumberFormatException e) {
      return true;
    }
  }

  private void add(int place, List<ModuleFrame> frames) {
    if (frames.isEmpty()) {
      return;
    }
    int same = 0;
    while (same < Math.min(frames.size(), open.size())
        && frames.get(same).key().equals(open.get(same).key())) {
      same++;
    }
    for (int depth = 1; depth < frames.size(); depth++) {
      call(frames.get(depth), depth, depth >= same).places().add(place);
    }
    open = frames;
  }

  private ModuleCall call(ModuleFrame frame, int depth, boolean begins) {
    ModuleCall known = byKey.get(frame.key());
    if (known != null && (keysDiffer || !begins)) {
      return known;
    }
    ModuleCall call = new ModuleCall(name(frame), frame.type(), depth);
    byKey.put(frame.key(), call);
    calls.add(call);
    return call;
  }

  private String name(ModuleFrame frame) {
    String plain = ModulePath.plain(frame.path());
    String path = plain.startsWith(PARALLEL) ? plain.substring(PARALLEL.length()) : plain;
    int at = path.indexOf(REPEATED);
    path = at < 0 ? path : path.substring(0, at);
    int count = counts.merge(path, 1, Integer::sum) - 1;
    return count == 0 ? path : path + "#" + count;
  }
}
