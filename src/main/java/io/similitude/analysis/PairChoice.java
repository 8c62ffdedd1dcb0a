package io.similitude.analysis;

import io.similitude.spec.ReportSpec.PairKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Selects the pairs of checkpoint and view that become heatmaps if a page cannot hold all of them.
 *
 * <p>The wanted kinds of pairs take turns, so that each kind gets some heatmaps. Within a kind,
 * pairs with a reference come first, then those whose two sides are closest in the spec. This keeps
 * the epochs of a run together.
 */
final class PairChoice {
  private final Map<Pair, Integer> ranks = new HashMap<>();
  private final List<CheckpointView> shown;
  private final Set<String> perturbed;
  private final Set<String> references;
  private final boolean isWithinCheckpoints;
  private final int most;

  /**
   * @param shown all checkpoints and views, in the order of the spec
   * @param perturbed the views that show perturbed examples
   * @param kinds the wanted kinds, the most wanted first
   * @param references the checkpoints that other checkpoints are compared with; may be empty
   * @param isWithinCheckpoints whether no checkpoint is compared with another
   * @param most the largest number of pairs to choose
   */
  PairChoice(
      List<CheckpointView> shown,
      Set<String> perturbed,
      List<PairKind> kinds,
      Set<String> references,
      boolean isWithinCheckpoints,
      int most) {
    this.shown = shown;
    this.perturbed = perturbed;
    this.references = references;
    this.isWithinCheckpoints = isWithinCheckpoints;
    this.most = most;
    Map<PairKind, Candidates> candidates = new EnumMap<>(PairKind.class);
    kinds.forEach(kind -> candidates.put(kind, new Candidates()));
    collect(candidates);
    takeTurns(kinds.stream().map(kind -> candidates.get(kind).all().iterator()).toList());
  }

  boolean isChosen(CheckpointView a, CheckpointView b) {
    return ranks.containsKey(Pair.of(a, b));
  }

  /** The rank of a pair. 0 is the most wanted pair. A pair that is not chosen comes last. */
  int rank(CheckpointView a, CheckpointView b) {
    return ranks.getOrDefault(Pair.of(a, b), most);
  }

  private void collect(Map<PairKind, Candidates> candidates) {
    for (int distance = 0; distance < shown.size(); distance++) {
      for (int first = 0; first + distance < shown.size(); first++) {
        CheckpointView a = shown.get(first);
        CheckpointView b = shown.get(first + distance);
        Candidates ofKind = candidates.get(kind(a, b));
        if (ofKind != null && (a.checkpoint().equals(b.checkpoint()) || !isWithinCheckpoints)) {
          ofKind.add(Pair.of(a, b), isReference(a) || isReference(b));
        }
      }
    }
  }

  private boolean isReference(CheckpointView side) {
    return references.contains(side.checkpoint());
  }

  private PairKind kind(CheckpointView a, CheckpointView b) {
    if (a.equals(b)) {
      return PairKind.ITSELF;
    }
    if (a.view().equals(b.view())) {
      return PairKind.SAME_VIEW;
    }
    boolean isOne = a.checkpoint().equals(b.checkpoint());
    boolean isPerturbed = perturbed.contains(a.view()) != perturbed.contains(b.view());
    return isOne && isPerturbed ? PairKind.BENIGN_PERTURBED : PairKind.OTHER;
  }

  private void takeTurns(List<Iterator<Pair>> kinds) {
    boolean isLeft = true;
    while (isLeft && ranks.size() < most) {
      isLeft = false;
      for (Iterator<Pair> kind : kinds) {
        if (kind.hasNext() && ranks.size() < most) {
          ranks.put(kind.next(), ranks.size());
          isLeft = true;
        }
      }
    }
  }

  /** Two sides in any order. */
  private record Pair(Set<CheckpointView> sides) {
    static Pair of(CheckpointView a, CheckpointView b) {
      return new Pair(a.equals(b) ? Set.of(a) : Set.of(a, b));
    }
  }

  /** Pairs of one kind. No list is longer than the total number of chosen pairs. */
  private final class Candidates {
    private final List<Pair> withReference = new ArrayList<>();
    private final List<Pair> others = new ArrayList<>();

    void add(Pair pair, boolean isWithReference) {
      List<Pair> list = isWithReference ? withReference : others;
      if (list.size() < most) {
        list.add(pair);
      }
    }

    List<Pair> all() {
      List<Pair> all = new ArrayList<>(withReference);
      all.addAll(others);
      return all;
    }
  }
}
