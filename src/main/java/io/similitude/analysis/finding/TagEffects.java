package io.similitude.analysis.finding;

import io.similitude.analysis.statistics.Permanova;
import io.similitude.analysis.statistics.PermutationTest;
import io.similitude.analysis.statistics.Replicated;
import io.similitude.analysis.statistics.RunError;
import io.similitude.similarity.measure.MeasureColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Finds how a tag, such as the training method, affects representations. It gives similarities of
 * networks within and between the tag's values, how well the values separate, and how much of the
 * squared distances they explain ({@link Permanova}).
 *
 * <p>Units are training runs. Pairs in one block, such as networks of one seed, are left out of
 * means over pairs, because shared initial weights make networks more similar than training does.
 * If a value has fewer than four runs, there is no test.
 */
final class TagEffects implements Finding {
  private static final String NAME = "tag-effects";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void find(SweepView sweep, FindingResults found) {
    List<String> runs = sweep.representatives().stream().map(ComparedNetwork::id).toList();
    for (TagGroups groups : TagGroups.all(sweep)) {
      for (MeasureColumns measure : sweep.measures()) {
        for (ComparedView view : sweep.views()) {
          NetworkDistances all = NetworkDistances.of(sweep, measure, view.id(), runs).distinct();
          NetworkDistances tagged = at(all, groups);
          if (tagged.size() > 1) {
            new OfTag(sweep, groups, tagged, version(), found).find();
          }
        }
      }
    }
    TagGroups.withoutGroups(sweep).forEach(groups -> untested(sweep, groups, found));
    new OrderedTags(sweep, NAME, version()).find(found);
    new Surfaces(sweep, NAME, version()).find(found);
  }

  /** Says once, under the first view, that the general effect of the values is unknown. */
  private void untested(SweepView sweep, TagGroups groups, FindingResults found) {
    int runs = groups.values().values().stream().mapToInt(List::size).sum();
    for (MeasureColumns measure : sweep.measures()) {
      found.add(
          FindingRow.of(NAME, version(), measure)
              .view(sweep.views().get(0).id())
              .tag(groups.tag())
              .rests(runs, runs)
              .status(FindingStatus.TOO_FEW_RUNS)
              .detail(String.join(", ", groups.values().keySet()))
              .statistic("explained"));
    }
  }

  private static NetworkDistances at(NetworkDistances all, TagGroups groups) {
    return all.at(
        groups.places(all.networks()).values().stream().flatMap(List::stream).sorted().toList());
  }

  /** One tag under one view. */
  private static final class OfTag {
    private final SweepView sweep;
    private final TagGroups groups;
    private final NetworkDistances networks;
    private final int version;
    private final FindingResults found;
    private final Map<String, List<Integer>> places;
    private final List<String> values;

    OfTag(
        SweepView sweep,
        TagGroups groups,
        NetworkDistances networks,
        int version,
        FindingResults found) {
      this.sweep = sweep;
      this.groups = groups;
      this.networks = networks;
      this.version = version;
      this.found = found;
      this.places = groups.places(networks.networks());
      this.values = List.copyOf(places.keySet());
    }

    void find() {
      for (int i = 0; i < values.size(); i++) {
        for (int j = i; j < values.size(); j++) {
          pair(values.get(i), values.get(j));
        }
      }
      if (values.size() < 2) {
        found.add(row().status(FindingStatus.ONE_GROUP).statistic("explained"));
        return;
      }
      for (int i = 0; i < values.size(); i++) {
        for (int j = i + 1; j < values.size(); j++) {
          separation(values.get(i), values.get(j));
          closeness(values.get(i), values.get(j));
        }
      }
      explained();
    }

    private void pair(String a, String b) {
      FindingRow.Builder row = row().a(named(a)).b(named(b));
      if (pairs(places.get(a), places.get(b), all()).isEmpty()) {
        found.add(row.status(FindingStatus.TOO_FEW_RUNS).statistic("similarity"));
        return;
      }
      ToDoubleFunction<int[]> without =
          left -> mean(networks.similarity().whole(), pairs(places.get(a), places.get(b), left));
      found.add(
          row.value(mean(places.get(a), places.get(b)))
              .errorNetworks(RunError.ofPairs(networks.size(), without))
              .rests(count(a, b), count(a, b))
              .statistic("similarity"));
    }

    private void separation(String a, String b) {
      List<Integer> both = new ArrayList<>(places.get(a));
      both.addAll(places.get(b));
      int first = places.get(a).size();
      int[] labels = IntStream.range(0, both.size()).map(i -> i < first ? 0 : 1).toArray();
      FindingRow.Builder row = row().a(named(a)).b(named(b)).rests(both.size(), both.size());
      if (Double.isNaN(separation(networks.similarity().whole(), both, labels))) {
        found.add(row.status(FindingStatus.TOO_FEW_RUNS).statistic("separation"));
        return;
      }
      row.value(networks.similarity().evaluate(it -> separation(it, both, labels)));
      if (!groups.canBeTested(ids(both), labels)) {
        found.add(row.status(FindingStatus.TOO_FEW_RUNS).statistic("separation"));
        return;
      }
      double[][] whole = networks.similarity().whole();
      PermutationTest test = test(both, labels, it -> separation(whole, both, it));
      found.add(row.test(test).statistic("separation"));
      List<Double> quantiles = test.quantiles();
      for (int k = 0; k < quantiles.size(); k++) {
        double share = k / (quantiles.size() - 1.0);
        found.add(
            point(CurveRow.NULL_SEPARATION, pairOf(a, b), share, quantiles.get(k), both.size()));
      }
    }

    private CurveRow point(String curve, String of, double x, double value, int n) {
      String view = networks.view();
      return new CurveRow(NAME, curve, networks.measure(), of, view, null, x, null, value, null, n);
    }

    private String pairOf(String a, String b) {
      return named(a) + " / " + named(b);
    }

    /** (within a + within b) / 2 - between; NaN if a mean has no pairs. */
    private double separation(double[][] similarity, List<Integer> units, int[] labels) {
      double[] sums = new double[3];
      int[] counts = new int[3];
      for (int i = 0; i < labels.length; i++) {
        for (int j = i + 1; j < labels.length; j++) {
          if (!isOfOneBlock(units.get(i), units.get(j))) {
            int kind = labels[i] == labels[j] ? labels[i] : 2;
            sums[kind] += similarity[units.get(i)][units.get(j)];
            counts[kind]++;
          }
        }
      }
      return (sums[0] / counts[0] + sums[1] / counts[1]) / 2 - sums[2] / counts[2];
    }

    /** How much closer two values are to each other than to the baseline. */
    private void closeness(String a, String b) {
      String base = groups.baseline();
      if (base == null || !places.containsKey(base) || a.equals(base) || b.equals(base)) {
        return;
      }
      List<Integer> either = new ArrayList<>(places.get(a));
      either.addAll(places.get(b));
      FindingRow.Builder row = row().a(named(a)).b(named(b)).detail("baseline " + named(base));
      if (pairs(places.get(a), places.get(b), all()).isEmpty()
          || pairs(places.get(base), either, all()).isEmpty()) {
        found.add(row.status(FindingStatus.TOO_FEW_RUNS).statistic("closeness"));
        return;
      }
      int count = either.size() + places.get(base).size();
      found.add(
          row.value(mean(places.get(a), places.get(b)).minus(mean(places.get(base), either)))
              .rests(count, count)
              .statistic("closeness"));
    }

    private void explained() {
      int[] labels = new int[networks.size()];
      for (int v = 0; v < values.size(); v++) {
        for (int place : places.get(values.get(v))) {
          labels[place] = v;
        }
      }
      FindingRow.Builder row = row().rests(labels.length, labels.length);
      if (labels.length <= values.size()) {
        found.add(row.status(FindingStatus.TOO_FEW_RUNS).statistic("explained"));
        return;
      }
      List<Integer> units = IntStream.range(0, labels.length).boxed().toList();
      Permanova permanova = new Permanova(networks.distance().whole());
      double[] dispersions = permanova.dispersions(labels);
      FindingRow.Builder spread = row().rests(labels.length, labels.length);
      row.value(networks.distance().evaluate(it -> new Permanova(it).explained(labels)))
          .detail("pseudo-F %.4g".formatted(permanova.pseudoF(labels)));
      double f = Permanova.analysisOfVariance(dispersions, labels);
      boolean isTested = groups.canBeTested(ids(units), labels) && Double.isFinite(f);
      if (Double.isFinite(f)) {
        spread.value(f);
      }
      if (!isTested) {
        found.add(row.status(FindingStatus.TOO_FEW_RUNS).statistic("explained"));
        found.add(spread.status(FindingStatus.TOO_FEW_RUNS).statistic("dispersion-f"));
        return;
      }
      found.add(row.test(test(units, labels, permanova::pseudoF)).statistic("explained"));
      found.add(
          spread
              .test(test(units, labels, it -> Permanova.analysisOfVariance(dispersions, it)))
              .statistic("dispersion-f"));
    }

    private PermutationTest test(
        List<Integer> units, int[] labels, ToDoubleFunction<int[]> statistic) {
      return PermutationTest.of(
          labels,
          groups.blocks(ids(units), labels),
          statistic,
          sweep.settings().permutations(),
          sweep.seed());
    }

    private List<String> ids(List<Integer> units) {
      return units.stream().map(networks.networks()::get).toList();
    }

    private Replicated mean(List<Integer> a, List<Integer> b) {
      List<int[]> chosen = pairs(a, b, all());
      return networks.similarity().evaluate(it -> mean(it, chosen));
    }

    /** The mean over pairs; NaN if there is no pair. */
    private static double mean(double[][] similarity, List<int[]> pairs) {
      double sum = 0;
      for (int[] pair : pairs) {
        sum += similarity[pair[0]][pair[1]];
      }
      return sum / pairs.size();
    }

    /** Each pair of different networks of two groups once, except pairs in one block. */
    private List<int[]> pairs(List<Integer> a, List<Integer> b, int[] left) {
      List<int[]> pairs = new ArrayList<>();
      for (int i : left) {
        for (int j : left) {
          boolean isWanted =
              i < j && ((a.contains(i) && b.contains(j)) || (a.contains(j) && b.contains(i)));
          if (isWanted && !isOfOneBlock(i, j)) {
            pairs.add(new int[] {i, j});
          }
        }
      }
      return pairs;
    }

    private boolean isOfOneBlock(int i, int j) {
      return groups.areOfOneBlock(networks.networks().get(i), networks.networks().get(j));
    }

    private int[] all() {
      return IntStream.range(0, networks.size()).toArray();
    }

    private int count(String a, String b) {
      return a.equals(b) ? places.get(a).size() : places.get(a).size() + places.get(b).size();
    }

    private String named(String value) {
      return groups.tag() + "=" + value;
    }

    private FindingRow.Builder row() {
      return FindingRow.of(NAME, version, networks.measure())
          .view(networks.view())
          .tag(groups.tag());
    }
  }
}
