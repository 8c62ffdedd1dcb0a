package io.similitude.analysis.finding;

import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.spec.FindingsSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The data that findings read: the networks and views of a sweep, and summaries of its
 * similarities.
 *
 * @param seed the seed of permutations
 * @param networks in the order of the spec
 * @param views in the order of the spec
 */
public record SweepView(
    FindingsSpec settings,
    long seed,
    List<ComparedNetwork> networks,
    List<ComparedView> views,
    List<SquareSummary> squares,
    List<MatchedSummary> matched,
    List<CrossSummary> crossed,
    List<LabelSummary> labelled,
    List<InfluenceSummary> influences,
    List<DominanceSummary> dominances) {
  public SweepView {
    networks = List.copyOf(networks);
    views = List.copyOf(views);
    squares = List.copyOf(squares);
    matched = List.copyOf(matched);
    crossed = List.copyOf(crossed);
    labelled = List.copyOf(labelled);
    influences = List.copyOf(influences);
    dominances = List.copyOf(dominances);
  }

  public Optional<ComparedNetwork> network(String id) {
    return networks.stream().filter(it -> it.id().equals(id)).findFirst();
  }

  public Optional<ComparedView> view(String id) {
    return views.stream().filter(it -> it.id().equals(id)).findFirst();
  }

  /** The measures that have summaries. */
  List<MeasureColumns> measures() {
    return Stream.of(
            squares.stream().map(SquareSummary::measure),
            matched.stream().map(MatchedSummary::measure),
            crossed.stream().map(CrossSummary::measure))
        .flatMap(it -> it)
        .distinct()
        .sorted(Comparator.comparing(MeasureColumns::title))
        .toList();
  }

  /**
   * One trained network for each training run: the network with the role last, or the greatest
   * epoch, or the last place in the spec. Only one is used, because the epochs of one run are not
   * independent.
   */
  List<ComparedNetwork> representatives() {
    Map<String, List<ComparedNetwork>> runs = new LinkedHashMap<>();
    networks.stream()
        .filter(it -> !it.isBeginning())
        .forEach(it -> runs.computeIfAbsent(it.run(), run -> new ArrayList<>()).add(it));
    return runs.values().stream().map(SweepView::last).toList();
  }

  private static ComparedNetwork last(List<ComparedNetwork> run) {
    Optional<ComparedNetwork> named =
        run.stream().filter(it -> it.tag("role").filter("last"::equals).isPresent()).findFirst();
    if (named.isPresent()) {
      return named.get();
    }
    ComparedNetwork last = run.get(0);
    for (ComparedNetwork network : run) {
      last = epoch(network) >= epoch(last) ? network : last;
    }
    return last;
  }

  /** The epoch of a checkpoint; 0 if no tag gives it. */
  static double epoch(ComparedNetwork network) {
    return Stream.of("epoch", "iteration")
        .flatMap(tag -> network.tag(tag).stream())
        .map(TagNumber::of)
        .filter(it -> it.isPresent())
        .mapToDouble(it -> it.getAsDouble())
        .findFirst()
        .orElse(0);
  }

  /** The untrained network that a trained network started from, according to its tags. */
  Optional<ComparedNetwork> untrained(ComparedNetwork trained) {
    List<ComparedNetwork> all = networks.stream().filter(ComparedNetwork::isUntrained).toList();
    for (String tag : List.of(settings.unit(), "init", "seed")) {
      Optional<ComparedNetwork> same =
          all.stream()
              .filter(it -> it.tag(tag).isPresent() && it.tag(tag).equals(trained.tag(tag)))
              .findFirst();
      if (same.isPresent()) {
        return same;
      }
    }
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }
}
