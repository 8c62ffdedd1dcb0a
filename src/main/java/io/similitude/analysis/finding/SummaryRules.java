package io.similitude.analysis.finding;

import io.similitude.analysis.CheckpointView;
import io.similitude.similarity.measure.MeasureColumns;
import io.similitude.spec.DatasetPart;
import io.similitude.spec.FindingsSpec;
import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules that turn the cells between two networks into summaries. They are sent to the executors
 * that have the cells.
 *
 * @param runs the training run of each checkpoint
 * @param labels checkpoint ids of representations that are given, not learned
 */
public record SummaryRules(
    FindingsSpec settings, boolean matchesLayers, Map<String, String> runs, Set<String> labels)
    implements Serializable {
  public SummaryRules {
    runs = new LinkedHashMap<>(runs);
    labels = Set.copyOf(labels);
  }

  /** Summaries of one pair of networks; null for kinds that it does not have. */
  public record Summaries(
      SquareSummary square, MatchedSummary matched, CrossSummary crossed, LabelSummary labelled)
      implements Serializable {
    static final Summaries NONE = new Summaries(null, null, null, null);
  }

  /** The summaries of all cells of a measure between two networks, each under a view. */
  public Summaries of(
      MeasureColumns measure, CheckpointView a, CheckpointView b, Collection<Cell> cells) {
    if (labels.contains(a.checkpoint()) || labels.contains(b.checkpoint())) {
      return labels.contains(a.checkpoint()) && labels.contains(b.checkpoint())
          ? Summaries.NONE
          : new Summaries(null, null, null, labelled(measure, a, b, cells));
    }
    if (a.equals(b)) {
      return new Summaries(SquareSummary.of(measure, a, cells, settings), null, null, null);
    }
    boolean isOneView = a.view().equals(b.view());
    boolean isOneRun =
        a.checkpoint().equals(b.checkpoint()) || run(a.checkpoint()).equals(run(b.checkpoint()));
    MatchedSummary matched = MatchedSummary.of(measure, a, b, cells, isOneRun);
    CrossSummary crossed =
        isOneView && matchesLayers ? CrossSummary.of(measure, a, b, cells) : null;
    return new Summaries(null, matched, crossed, null);
  }

  private String run(String checkpoint) {
    return runs.getOrDefault(checkpoint, checkpoint);
  }

  private LabelSummary labelled(
      MeasureColumns measure, CheckpointView a, CheckpointView b, Collection<Cell> cells) {
    boolean isRow = !labels.contains(a.checkpoint());
    String wanted = DatasetPart.LABELS.keyword();
    List<Cell> ordered =
        cells.stream()
            .filter(it -> it.value() != null)
            .filter(it -> (isRow ? it.b() : it.a()).layer().equals(wanted))
            .sorted(Comparator.comparingInt(it -> (isRow ? it.a() : it.b()).position()))
            .toList();
    return ordered.isEmpty()
        ? null
        : new LabelSummary(
            measure,
            (isRow ? a : b).checkpoint(),
            (isRow ? a : b).view(),
            ordered.stream().map(it -> (isRow ? it.a() : it.b()).layer()).toList(),
            ordered.stream().map(Cell::value).toList());
  }
}
