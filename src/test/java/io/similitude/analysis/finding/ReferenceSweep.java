package io.similitude.analysis.finding;

import io.similitude.analysis.CheckpointView;
import io.similitude.analysis.statistics.ReferenceSums;
import io.similitude.analysis.statistics.Replicated;
import io.similitude.analysis.statistics.ReplicatedMatrix;
import io.similitude.plan.FindingPairs;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.similarity.measure.Status;
import io.similitude.similarity.table.Site;
import io.similitude.spec.FindingsSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A sweep made of HSIC sums, without Spark: what findings are asked about in tests. */
public final class ReferenceSweep {
  public static final MeasureColumns CKA =
      new MeasureColumns("cka", "linear", "minibatch", "unbiased");

  private final ReferenceSums sums;
  private final Map<String, Map<String, String>> tags = new LinkedHashMap<>();
  private final List<ComparedView> views = new ArrayList<>();
  private FindingsSpec settings = FindingsSpec.ALL;

  /** All checkpoints of the sums, without tags and views. */
  public ReferenceSweep(ReferenceSums sums) {
    this.sums = sums;
    sums.checkpoints().forEach(id -> tags.put(id, Map.of()));
  }

  public ReferenceSweep tags(String checkpoint, Map<String, String> pairs) {
    tags.put(checkpoint, pairs);
    return this;
  }

  public ReferenceSweep view(ComparedView view) {
    views.add(view);
    return this;
  }

  public ReferenceSweep settings(FindingsSpec wanted) {
    settings = wanted;
    return this;
  }

  /** What all findings say. */
  List<FindingRow> rows() {
    return found().rows();
  }

  /** The same with curves. */
  public SweepFindings found() {
    FindingResults results = FindingKinds.find(view(UnaryOperator.identity()));
    return new SweepFindings(results.rows(), results.curves());
  }

  /** The two networks of the quickstart. */
  public static ReferenceSweep quickstart() {
    return new ReferenceSweep(ReferenceSums.read("quickstart-sums.npz"))
        .tags("standard", Map.of("training", "standard"))
        .tags("robust", Map.of("training", "pgd-linf"))
        .view(new ComparedView("benign", null, null, null))
        .view(new ComparedView("linf", "pgd-linf", 16 / 255.0, null));
  }

  /** Nine networks: three trainings of three seeds. */
  public static ReferenceSweep zoo() {
    ReferenceSums sums = ReferenceSums.read("zoo-sums.npz");
    ReferenceSweep sweep = new ReferenceSweep(sums);
    for (String id : sums.checkpoints()) {
      int dash = id.indexOf('-');
      sweep.tags(id, Map.of("training", id.substring(0, dash), "seed", id.substring(dash + 1)));
    }
    return sweep.view(new ComparedView("benign", null, null, null));
  }

  SweepView view(UnaryOperator<Cell> changed) {
    Map<String, String> runs = new LinkedHashMap<>();
    tags.forEach((id, of) -> runs.put(id, of.getOrDefault(settings.unit(), id)));
    SummaryRules rules =
        new SummaryRules(settings, settings.matchesLayers(tags.size()), runs, Set.of());
    List<SummaryRules.Summaries> all = new ArrayList<>();
    List<CheckpointView> shown =
        tags.keySet().stream()
            .flatMap(id -> views.stream().map(view -> new CheckpointView(id, view.id())))
            .toList();
    for (int i = 0; i < shown.size(); i++) {
      for (int j = i; j < shown.size(); j++) {
        List<Cell> cells = cells(shown.get(i), shown.get(j)).stream().map(changed).toList();
        if (!cells.isEmpty()) {
          all.add(rules.of(CKA, shown.get(i), shown.get(j), cells));
        }
      }
    }
    return new SweepView(
        settings,
        0,
        tags.entrySet().stream()
            .map(it -> new ComparedNetwork(it.getKey(), runs.get(it.getKey()), it.getValue()))
            .toList(),
        views,
        all.stream().map(SummaryRules.Summaries::square).filter(it -> it != null).toList(),
        all.stream().map(SummaryRules.Summaries::matched).filter(it -> it != null).toList(),
        all.stream().map(SummaryRules.Summaries::crossed).filter(it -> it != null).toList(),
        List.of(),
        List.of(),
        List.of());
  }

  private List<Cell> cells(CheckpointView a, CheckpointView b) {
    ReplicatedMatrix cka = sums.cka(a.checkpoint(), a.view(), b.checkpoint(), b.view());
    List<String> rows = sums.layers(a.checkpoint(), a.view());
    List<String> columns = sums.layers(b.checkpoint(), b.view());
    FindingPairs wanted = new FindingPairs(true, settings.matchesLayers(tags.size()), Set.of());
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      for (int j = a.equals(b) ? i : 0; j < columns.size(); j++) {
        Site one = new Site(a.checkpoint(), a.view(), rows.get(i), i);
        Site other = new Site(b.checkpoint(), b.view(), columns.get(j), j);
        if (wanted.wants(one, other)) {
          cells.add(new Cell(one, other, Status.OK, at(cka, i, j)));
        }
      }
    }
    return cells;
  }

  private static Replicated at(ReplicatedMatrix matrix, int i, int j) {
    return matrix.evaluate(it -> it[i][j]);
  }

  /** The only row with these parts; null matches anything. */
  static FindingRow only(List<FindingRow> rows, String statistic, String view, String a, String b) {
    List<FindingRow> matching =
        rows.stream()
            .filter(it -> it.statistic().equals(statistic))
            .filter(it -> view == null || view.equals(it.view()))
            .filter(it -> a == null || a.equals(it.a()))
            .filter(it -> b == null || b.equals(it.b()))
            .toList();
    if (matching.size() != 1) {
      throw new AssertionError(
          "%d rows of %s %s %s %s".formatted(matching.size(), statistic, view, a, b));
    }
    return matching.get(0);
  }

  /** 0, 1, ... as doubles. */
  static int[] range(int n) {
    return IntStream.range(0, n).toArray();
  }
}
