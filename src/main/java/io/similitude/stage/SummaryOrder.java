package io.similitude.stage;

import io.similitude.analysis.finding.ComparedNetwork;
import io.similitude.analysis.finding.ComparedView;
import io.similitude.analysis.finding.CrossSummary;
import io.similitude.analysis.finding.LabelSummary;
import io.similitude.analysis.finding.MatchedSummary;
import io.similitude.analysis.finding.SquareSummary;
import io.similitude.analysis.finding.SummaryRules.Summaries;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Puts summaries into the order of the spec. Spark may return them in any order. */
final class SummaryOrder {
  private final Map<String, Integer> networks = new HashMap<>();
  private final Map<String, Integer> views = new HashMap<>();

  SummaryOrder(List<ComparedNetwork> networks, List<ComparedView> views) {
    networks.forEach(it -> this.networks.putIfAbsent(it.id(), this.networks.size()));
    views.forEach(it -> this.views.putIfAbsent(it.id(), this.views.size()));
  }

  List<SquareSummary> squares(List<Summaries> all) {
    return ordered(
        all,
        Summaries::square,
        Comparator.comparing((SquareSummary it) -> it.measure().title())
            .thenComparing(it -> network(it.checkpoint()))
            .thenComparing(it -> view(it.view())));
  }

  List<MatchedSummary> matched(List<Summaries> all) {
    return ordered(
        all,
        Summaries::matched,
        Comparator.comparing((MatchedSummary it) -> it.measure().title())
            .thenComparing(it -> network(it.a()))
            .thenComparing(it -> view(it.view()))
            .thenComparing(it -> network(it.b()))
            .thenComparing(it -> view(it.otherView())));
  }

  List<CrossSummary> crossed(List<Summaries> all) {
    return ordered(
        all,
        Summaries::crossed,
        Comparator.comparing((CrossSummary it) -> it.measure().title())
            .thenComparing(it -> network(it.a()))
            .thenComparing(it -> network(it.b()))
            .thenComparing(it -> view(it.view())));
  }

  List<LabelSummary> labelled(List<Summaries> all) {
    return ordered(
        all,
        Summaries::labelled,
        Comparator.comparing((LabelSummary it) -> it.measure().title())
            .thenComparing(it -> network(it.checkpoint()))
            .thenComparing(it -> view(it.view())));
  }

  private static <T> List<T> ordered(
      List<Summaries> all, Function<Summaries, T> part, Comparator<T> order) {
    return all.stream().map(part).filter(Objects::nonNull).sorted(order).toList();
  }

  private int network(String id) {
    return networks.getOrDefault(id, networks.size());
  }

  private int view(String id) {
    return views.getOrDefault(id, views.size());
  }
}
